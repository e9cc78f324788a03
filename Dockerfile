# One image for web, workers and scheduler, and one with LibreOffice besides. See docs/operations.md.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1

# Pango draws the text of packs. The fonts are the project's own.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home portal

# OFFICE=true makes the image of a worker that turns Word, Excel and PowerPoint files into PDF. The fonts have the widths
# of Arial, Times New Roman, Courier New, Calibri and Cambria, so that lines and pages break as their authors saw them.
ARG OFFICE=false
RUN if [ "$OFFICE" = true ]; then apt-get update \
    && apt-get install -y --no-install-recommends libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui \
       fonts-liberation2 fonts-crosextra-carlito fonts-crosextra-caladea \
    && rm -rf /var/lib/apt/lists/*; fi

WORKDIR /srv/portal
COPY requirements.txt ./
RUN pip install --require-hashes -r requirements.txt
COPY . .

ENV STATIC_ROOT=/srv/static \
    PORTAL_VAR=/srv/data \
    DEMONSTRATION=false
# Neither value is used for anything but reading the settings; nothing connects here.
RUN mkdir -p /srv/data /srv/static \
    && SECRET_KEY=only-while-building DATABASE_URL=postgres://build@localhost/build \
       python manage.py collectstatic --noinput --verbosity 0 \
    && chown portal:portal /srv/data

USER portal
VOLUME /srv/data
EXPOSE 8000
CMD ["gunicorn", "portal.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", \
     "--workers", "2", "--threads", "8", "--timeout", "60", "--graceful-timeout", "20", "--no-control-socket", \
     "--worker-tmp-dir", "/dev/shm", "--access-logfile", "-"]
