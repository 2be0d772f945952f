# One image, two programs: the server (default) and the agent.
# Other bases have Node 24, glibc and /bin/sh, to build with also npm:
#   docker build --build-arg BASE=… --build-arg BUILD_BASE=… .
ARG BASE=node:24-bookworm-slim
ARG BUILD_BASE=${BASE}

FROM ${BUILD_BASE} AS build
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN node lib/server/start.ts --build \
 && cd .next/standalone \
 && cp /src/lib/image/check.sh lib/image/ \
 && mkdir /app \
 && cp -R .next marked public node_modules package.json serve.js licenses.txt lib /app/

FROM ${BASE}
ENV NODE_ENV=production \
    NODE_OPTIONS="--max-semi-space-size=8 --disable-warning=ExperimentalWarning --disable-warning=DEP0169" \
    MALLOC_ARENA_MAX=1 \
    MALLOC_MMAP_THRESHOLD_=131072 \
    MALLOC_TRIM_THRESHOLD_=131072 \
    NEXT_TELEMETRY_DISABLED=1 \
    HOSTNAME=0.0.0.0 \
    PORT=3000 \
    VITALS_DATA=/data
WORKDIR /app
COPY --from=build /app /app
VOLUME /data
EXPOSE 3000 9501
# Reads a heartbeat that the event loop writes to memory every 5 s, and starts nothing but a shell. A loop that has not
# turned for 45 s is unhealthy after three looks: 65 to 75 s after it hung, and not before, whatever the load. A look
# may take a minute, since on a busy machine it is Docker that is slow to make it; failures in the first two minutes do
# not count, since there a start takes as long.
HEALTHCHECK --interval=10s --timeout=60s --start-period=120s --retries=3 CMD ["/bin/sh", "/app/lib/image/check.sh"]
# It starts as root to learn which group may read the Docker socket, and goes on as user 1000.
ENTRYPOINT ["node", "--heap-growing-percent=30", "lib/image/enter.js"]
CMD ["server"]
# Last: what they say changes with each commit, and nothing else need be built again for it.
ARG VERSION=unreleased
ARG REVISION=unknown
ARG SOURCE=
LABEL org.opencontainers.image.title="Swarm Vitals" \
      org.opencontainers.image.description="The whole health of a Docker Swarm, live, down to the single probe." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.source="${SOURCE}"
