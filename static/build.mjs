// Builds static/src into static/dist. The same sources give the same bytes on every machine, so that
// `portal.design.assets` can prove with hashes alone that the committed files are up to date.
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import * as esbuild from "esbuild";
import * as sass from "sass";
import subsetFont from "subset-font";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const src = path.join(root, "static/src");
const finished = path.join(root, "static/dist");
const dist = path.join(root, "static/.dist-new"); // the old files stay until the new ones are complete
const modules = path.join(root, "node_modules");
const TARGET = ["safari15", "chrome100", "firefox100", "edge100"];
const FACES = ["Regular", "It", "Semibold", "SemiboldIt"];
// What a web page needs at once; rarer characters fall back to the reader's own fonts. The PDF takes the whole font.
const WEB_CHARACTERS = [
  [0x20, 0x7e], [0xa0, 0x17f], [0x1e80, 0x1e85], [0x1ef2, 0x1ef3], [0x2010, 0x2027], [0x202f, 0x203a], [0x2044, 0x2044],
  [0x2070, 0x2089], [0x20ac, 0x20ac], [0x2116, 0x2122], [0x2153, 0x215e], [0x2190, 0x2199], [0x2212, 0x2212], [0x221e, 0x221e],
  [0x2248, 0x2248], [0x2260, 0x2265], [0x25a0, 0x25cf], [0x2713, 0x2717],
].map(([a, b]) => Array.from({ length: b - a + 1 }, (_, i) => String.fromCodePoint(a + i)).join("")).join("");

const inputs = new Set(["package.json", "package-lock.json", "static/build.mjs"].map((name) => path.join(root, name)));
const ours = (file) => file.startsWith(root + path.sep) && !file.startsWith(modules + path.sep);
const sha256 = async (file) => createHash("sha256").update(await readFile(file)).digest("hex");

async function styles(entry, output) {
  const result = sass.compile(entry, {
    style: "compressed", loadPaths: [modules], quietDeps: true, silenceDeprecations: ["if-function"],
  });
  result.loadedUrls.map((url) => fileURLToPath(url)).filter(ours).forEach((file) => inputs.add(file));
  await writeFile(path.join(dist, output), result.css.replace(/^\uFEFF/, "") + "\n");
}

async function scripts(entryPoints, format) {
  const result = await esbuild.build({
    absWorkingDir: root, entryPoints, outdir: dist, bundle: true, minify: true, format, target: TARGET,
    metafile: true, charset: "utf8", legalComments: "none", logLevel: "warning", entryNames: "[name]",
  });
  Object.keys(result.metafile.inputs).map((name) => path.join(root, name)).filter(ours).forEach((file) => inputs.add(file));
}

async function fonts() {
  const from = path.join(modules, "source-sans");
  await mkdir(path.join(dist, "fonts"), { recursive: true });
  for (const face of FACES) {
    const ttf = path.join(from, "TTF", `SourceSans3-${face}.ttf`);
    await cp(ttf, path.join(dist, "fonts", `SourceSans3-${face}.ttf`));
    const woff2 = await subsetFont(await readFile(ttf), WEB_CHARACTERS, { targetFormat: "woff2" });
    await writeFile(path.join(dist, "fonts", `SourceSans3-${face}.woff2`), woff2);
  }
  await cp(path.join(from, "LICENSE.md"), path.join(dist, "fonts", "LICENSE.md"));
}

async function files(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
}

async function hashes(list, base) {
  const named = list.map((file) => [path.relative(base, file).split(path.sep).join("/"), file]);
  named.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(await Promise.all(named.map(async ([name, file]) => [name, await sha256(file)])));
}

async function build() {
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist, { recursive: true });
  // A sheet without an underscore becomes a file of its name.
  for (const sheet of (await readdir(path.join(src, "scss"))).filter((name) => /^[^_].*\.scss$/.test(name)).sort()) {
    await styles(path.join(src, "scss", sheet), sheet.replace(".scss", ".css"));
  }
  await fonts();
  await scripts(["static/src/js/app.js"], "esm");
  await scripts(["static/src/js/supported.js"], "iife");
  // A folder with an index.js or index.scss of its own becomes a file of its name, for the pages that ask for it.
  for (const folder of (await readdir(src, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort()) {
    if (existsSync(path.join(src, folder, "index.js"))) await scripts([{ in: `static/src/${folder}/index.js`, out: folder }], "esm");
    if (existsSync(path.join(src, folder, "index.scss"))) await styles(path.join(src, folder, "index.scss"), `${folder}.css`);
  }
  // A service worker's scope is its address, so it is served from the top by a view and must stand alone.
  if (existsSync(path.join(src, "js/sw.js"))) await scripts(["static/src/js/sw.js"], "iife");
  await cp(path.join(src, "images"), path.join(dist, "images"), { recursive: true }).catch((error) => {
    if (error.code !== "ENOENT") throw error;
  });
  // Every file of static/src counts as a source, so that a new one makes the build stale; static/src/pdf is read as it is.
  for (const file of await files(src)) if (!file.startsWith(path.join(src, "pdf")) && !file.endsWith(".md")) inputs.add(file);
  const manifest = { sources: await hashes([...inputs], root), built: await hashes(await files(dist), dist) };
  await writeFile(path.join(dist, "manifest.json"), JSON.stringify(manifest, null, 1) + "\n");
  await rm(finished, { recursive: true, force: true });
  await rename(dist, finished);
  console.log(`Built ${Object.keys(manifest.built).length} files from ${Object.keys(manifest.sources).length} sources.`);
}

await build();
if (process.argv.includes("--watch")) {
  const { watch } = await import("node:fs");
  let timer;
  watch(src, { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(() => build().catch((error) => console.error(error.message)), 200);
  });
}
