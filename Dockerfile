# syntax=docker/dockerfile:1
# Tags name a line of versions, so that a build has its security fixes. A release builds on the digests it found and lists them.
ARG NODE_IMAGE=node:22-bookworm-slim
ARG BASE_IMAGE=debian:bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build
# Only what runs: no compilers, browsers, or development tools.
RUN node scripts/pack.mjs /packed

FROM ${BASE_IMAGE}
COPY --from=build /usr/local/bin/node /usr/local/bin/node
RUN useradd --uid 1000 --no-create-home --home-dir /app --shell /usr/sbin/nologin bellhop \
  && mkdir /data && chown bellhop: /data && mkdir /app && ln -s /data /app/data
WORKDIR /app
# PORT is a server's, WORKER_PORT a worker's: each answers the health check in its own container.
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 DATA_DIR=/data HOST=0.0.0.0 PORT=3000 WORKER_PORT=3000
COPY --from=build /packed ./
USER bellhop
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s CMD ["node", "scripts/healthy.mjs"]
# Straight to Node, so that signals reach it and jobs in hand are finished.
CMD ["node", "--min-semi-space-size=16", "scripts/start.mjs"]
