# Keyrack in one image: console, worker and commands. The build happens here, so a container starts at once and writes
# to /data and /tmp only.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --no-save --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:22-bookworm-slim
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOST=0.0.0.0 PORT=3000 KEYRACK_DATA=/data KEYRACK_SANDBOX=off
WORKDIR /app
COPY --from=build /app /app
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
# Ctrl-C and SIGTERM drain: callbacks and refreshes that are under way end first.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["node", "bin/healthcheck.js"]
ENTRYPOINT ["node", "bin/keyrack.js"]
CMD ["start"]
