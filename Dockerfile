# One image for every process of Segl; docker-compose.yml says which of them a container runs.
FROM node:20-bookworm-slim AS build
WORKDIR /segl
COPY . .
RUN npm ci && npm prune --omit=dev --ignore-scripts

FROM node:20-bookworm-slim
WORKDIR /segl
COPY --from=build /segl ./
RUN mkdir /data /bankid && chown node:node /data /bankid
USER node
CMD ["node", "dist/bin/segl.js"]
