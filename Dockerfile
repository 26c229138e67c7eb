# The service, built and run as a user without rights. CI runs the same publish command and starts what it made.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/Verification.Server -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
RUN mkdir /data && chown "$APP_UID" /data
VOLUME /data
ENV Verification__DataDirectory=/data
USER $APP_UID
# A registry is made where --create is given, at the first start: an empty volume is refused otherwise. It needs a key of the identity
# digests (Verification__Identity__DigestKey) and one that signs the audit log (Verification__Audit__SigningKeyFile, a file that this user
# may read); docs/operations.md has the rest. The audit log is in /data/audit: every node needs a volume of its own.
# It listens on loopback until it is given endpoints with TLS (docs/operations.md); health is on the HTTP endpoint.
ENTRYPOINT ["dotnet", "Verification.Server.dll"]
