# The service without a database: that is a server of its own (docker-compose.yml, deploy/kubernetes). docs/operations.md says what was tried, and on which images.
# Built on the machine's own platform whatever the target's: what it makes is the same for all of them.
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
WORKDIR /source
# What a restore reads comes first, so that the packages are fetched again only where they change.
COPY Directory.Build.props ./
COPY src/OrderService.Stacks/OrderService.Stacks.csproj src/OrderService.Stacks/packages.lock.json src/OrderService.Stacks/
COPY src/OrderService.Client/OrderService.Client.csproj src/OrderService.Client/packages.lock.json src/OrderService.Client/
COPY src/OrderService.Domain/OrderService.Domain.csproj src/OrderService.Domain/packages.lock.json src/OrderService.Domain/
COPY src/OrderService.Engine/OrderService.Engine.csproj src/OrderService.Engine/packages.lock.json src/OrderService.Engine/
COPY src/OrderService.Venues/OrderService.Venues.csproj src/OrderService.Venues/packages.lock.json src/OrderService.Venues/
COPY src/OrderService.Api/OrderService.Api.csproj src/OrderService.Api/packages.lock.json src/OrderService.Api/
COPY src/OrderService/OrderService.csproj src/OrderService/Runtime.props src/OrderService/packages.lock.json src/OrderService/
RUN dotnet restore src/OrderService
COPY . .
# The SDK is whichever the tag names that day, and a new rule of its analyzers must not stop an image.
RUN dotnet publish src/OrderService -c Release --no-restore -p:UseAppHost=false -p:RunAnalyzers=false -o /app && rm -rf /app/runtimes/win* /app/runtimes/osx*

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble AS runtime

# For backup and restore: the program beside pg_dump and pg_restore of the server's own version. docker compose run --rm tools backup --to /backups/NAME
FROM postgres:17.6-bookworm AS tools
COPY --from=runtime /usr/share/dotnet /usr/share/dotnet
COPY --from=build /app /app
RUN install -d -o 1654 -g 1654 -m 0700 /data /backups
ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DATA_DIR=/data
VOLUME /data /backups
USER 1654
ENTRYPOINT ["/usr/share/dotnet/dotnet", "/app/OrderService.dll"]
CMD ["--help"]

FROM runtime
RUN install -d -o "$APP_UID" -g "$APP_UID" -m 0700 /data
WORKDIR /app
COPY --from=build /app .
ENV ASPNETCORE_HTTP_PORTS= ASPNETCORE_URLS=http://0.0.0.0:5080 Operator__Urls=http://0.0.0.0:6080 DATA_DIR=/data
VOLUME /data
EXPOSE 5080 6080
# The user "app" of the base image, 1654.
USER $APP_UID
# The image has neither curl nor wget; bash can ask by itself.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/5080 && printf 'GET /health/ready HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r line <&3 && [[ $line == *' 200 '* ]]"]
ENTRYPOINT ["dotnet", "OrderService.dll"]
