# docker build --tag lklint . && docker run --rm --volume "$PWD:/work" lklint
FROM python:3.13-slim
COPY pyproject.toml README.md LICENSE /source/
COPY schemas /source/schemas
COPY lklint /source/lklint
RUN pip install --no-cache-dir /source && rm -r /source
WORKDIR /work
ENTRYPOINT ["lklint"]
CMD ["check"]
