// Talks to the portal. Every answer is {status, ...}: "ok", "offline" (nobody answered), "signed-out", "refused", "conflict" or "wrong".
const token = (given) => document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/)?.[1] ?? given; // signing in again makes a new one

export function server(csrf) {
  async function send(url, { method = "GET", json, form, keepalive = false } = {}) {
    const headers = { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" };
    if (method !== "GET") headers["X-CSRFToken"] = token(csrf);
    if (json) headers["Content-Type"] = "application/json";
    let response;
    try {
      response = await fetch(url, {
        method,
        headers,
        keepalive,
        redirect: "manual",
        credentials: "same-origin",
        cache: "no-store",
        body: json ? JSON.stringify(json) : form,
        signal: keepalive ? undefined : AbortSignal.timeout?.(30000),
      });
    } catch {
      return { status: "offline" };
    }
    if (response.type === "opaqueredirect") return { status: method === "GET" ? "signed-out" : "moved" };
    if (response.status === 401) return { status: "signed-out" };
    let body = null;
    try {
      body = await response.json();
    } catch {
      /* a page, not an answer */
    }
    if (response.ok && body) return { status: "ok", ...body };
    if (response.status === 403 && /signed out/.test(body?.error ?? "")) return { status: "signed-out" };
    if (response.status === 409 && body?.conflicts) return { status: "conflict", ...body };
    if (response.status >= 500 || (response.ok && !body)) return { status: "offline", broken: true };
    return {
      status: response.status === 403 || response.status === 404 ? "refused" : "wrong",
      error: body?.error ?? "The portal did not take this. Reload the page; what you typed is kept in this browser.",
      ...(body ?? {}),
    };
  }
  return {
    get: (url) => send(url),
    post: (url, json) => send(url, { method: "POST", json }),
    form: (url, form) => send(url, { method: "POST", form }),
    drop: (url) => send(url, { method: "DELETE", keepalive: true }),
  };
}
