# The image of `followthrough serve`, made of the package as it is published:
#
#   npm pack && docker build --tag followthrough .
#
# On Alpine, the smallest of Node's images: nothing in the package is native. Node 24, as in the tests.
FROM node:24-alpine AS install
COPY followthrough-*.tgz /tmp/
RUN npm install --global --prefix /opt/followthrough --omit=dev --ignore-scripts /tmp/followthrough-*.tgz

FROM node:24-alpine
LABEL org.opencontainers.image.title="followthrough" \
      org.opencontainers.image.description="Answers HTTP clients with documented redirects, and says whether they followed through." \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="MIT"
COPY --from=install /opt/followthrough /opt/followthrough
ENV PATH=/opt/followthrough/bin:$PATH
# The user "node" of the base image, by number: so Kubernetes can tell that it is not root.
USER 1000:1000
WORKDIR /scenarios
EXPOSE 3070
HEALTHCHECK --interval=5s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3070/v1/health').then(({ok}) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["followthrough"]
CMD ["serve", "--host", "0.0.0.0", "--port", "3070"]
