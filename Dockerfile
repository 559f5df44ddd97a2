# Checked by reading only. The database is a server of its own here (docker-compose.yml), so the image has none.
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/OrderService -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble
RUN install -d -o "$APP_UID" -g "$APP_UID" -m 0700 /data
WORKDIR /app
COPY --from=build /app .
ENV ASPNETCORE_URLS=http://0.0.0.0:5080 Operator__Urls=http://0.0.0.0:6080 DATA_DIR=/data
VOLUME /data
EXPOSE 5080 6080
# The user "app" of the base image.
USER $APP_UID
# The image has neither curl nor wget; bash can ask by itself.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/5080 && printf 'GET /health/ready HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r line <&3 && [[ $line == *' 200 '* ]]"]
ENTRYPOINT ["dotnet", "OrderService.dll"]
