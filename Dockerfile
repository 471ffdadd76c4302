# The portal's image: trixie's GDAL, and the same lists of system packages that script/ reads.
FROM python:3.13-slim-trixie

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 VAR_DIR=/var/lib/tuyi
WORKDIR /srv/tuyi

# System and Python packages first: they change seldom, and each is a layer of its own.
COPY script/packages/ script/packages/
COPY script/lib/packages.sh script/lib/packages.sh
RUN bash script/lib/packages.sh runtime && rm -rf /var/lib/apt/lists/*
COPY requirements.txt constraints.txt ./
RUN pip install --no-cache-dir --only-binary :all: -r requirements.txt -c constraints.txt

COPY . .
# The volumes take over owner and mode of these folders when they are made.
RUN python -m compileall -q . \
    && useradd --system --uid 10001 --no-create-home --home-dir /var/lib/tuyi tuyi \
    && install -d -m 750 -o tuyi -g tuyi /var/lib/tuyi \
    && install -d -m 755 -o tuyi -g tuyi /var/lib/tuyi/static
USER 10001:10001

ENV HOST=0.0.0.0 PORT=8000
EXPOSE 8000
# Secrets are no part of the image: portal/secret_files.py makes them in the volume at first start.
CMD ["python", "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "portal.wsgi:application"]
