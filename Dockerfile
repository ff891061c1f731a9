# The image of the service and the indexer. `scripts/check_image_steps.py` runs these instructions without a container
# engine, so keep to those it knows.

FROM python:3.13-slim-trixie AS build
WORKDIR /src
COPY requirements.lock requirements-build.lock ./
RUN python -m venv /build && python -m venv --without-pip /opt/tracuu
RUN /build/bin/pip install --no-cache-dir --no-deps --require-hashes --only-binary :all: -r requirements-build.lock
RUN /build/bin/pip --python /opt/tracuu/bin/python install --no-cache-dir --no-deps --require-hashes \
    --only-binary :all: -r requirements.lock
# pyvi's other models, 28 MB that nothing reads.
RUN cd /opt/tracuu/lib/python*/site-packages/pyvi/models && rm pyvi.pkl pyvipos.pkl pyvipos3.pkl vidiac.crfsuite
COPY pyproject.toml README.md LICENSE ./
COPY analyzers analyzers
COPY engines engines
COPY indexer indexer
COPY search_service search_service
COPY tracuu tracuu
RUN /build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /wheels .
RUN /build/bin/pip --python /opt/tracuu/bin/python install --no-cache-dir --no-deps --no-index /wheels/*.whl

FROM python:3.13-slim-trixie
# Tesseract reads scanned pages; LibreOffice draws the pages of Word files, whose font is nearly always Times New Roman,
# which Liberation Serif stands in for letter by letter.
RUN apt-get update && apt-get install -y --no-install-recommends tesseract-ocr tesseract-ocr-vie \
    libreoffice-writer-nogui libreoffice-calc-nogui fonts-liberation \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin tracuu \
    && install -d -o tracuu -g tracuu /var/lib/tracuu
COPY --from=build /opt/tracuu /opt/tracuu
ENV PATH=/opt/tracuu/bin:$PATH
ENV TRACUU_HOME=/var/lib/tracuu
ENV PYTHONUNBUFFERED=1
USER tracuu
VOLUME /var/lib/tracuu
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["tracuu"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
