# The service: built here, run in an image that has neither a shell nor a package manager, as a user without rights. CI publishes with the
# same command and runs what it made as this image would: .ci/as-image.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/Verification.Server -c Release --use-current-runtime --no-self-contained -p:PublishReadyToRun=true -o /app && mkdir /data

# "extra" has ICU and the time zones: permit numbers are normalized as people type them, and the start refuses without.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
WORKDIR /app
COPY --from=build /app .
COPY --from=build --chown=$APP_UID:$APP_UID /data /data
VOLUME /data
ENV Verification__DataDirectory=/data
# SQLite, TLS and packing take native memory for a moment, on many threads. By default glibc keeps for each of up to 8 threads a core what it once took.
ENV MALLOC_ARENA_MAX=2 MALLOC_TRIM_THRESHOLD_=131072
USER $APP_UID
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s CMD ["dotnet", "Verification.Server.dll", "--health"]
# A registry is made where --create is given, at the first start: an empty volume is refused otherwise. It needs a key of the identity
# digests (Verification__Identity__DigestKey) and one that signs the audit log (Verification__Audit__SigningKeyFile, a file that this user,
# 1654, may read); docs/operations.md has the rest. The audit log is in /data/audit: every node needs a volume of its own. Nothing else is
# written: run it with a read-only file system and a small /tmp.
# It listens on loopback until it is given endpoints with TLS (docs/operations.md); health is on the HTTP endpoint.
ENTRYPOINT ["dotnet", "Verification.Server.dll"]
