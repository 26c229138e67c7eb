using Google.Protobuf.Reflection;
using Google.Rpc;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using Microsoft.Extensions.Options;

namespace Verification.Server.Json;

/// <summary>Adds the calls by HTTP and JSON beside those by gRPC, as the contract's annotations have them.</summary>
internal static class JsonHosting
{
    /// <summary>Adds the transcoder.</summary>
    public static WebApplicationBuilder AddJson(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<JsonCalls>().AddGrpc().AddJsonTranscoding(json =>
        {
            // Protocol Buffers' own form, with what is false, zero or empty: a reader need not know that these are left out.
            json.JsonSettings.WriteInt64sAsStrings = true;
            json.TypeRegistry = TypeRegistry.FromFiles(ErrorDetailsReflection.Descriptor);
        });
        return builder;
    }

    /// <summary>Serves the calls of a service, by gRPC and by JSON.</summary>
    public static void MapCalls<TService>(this WebApplication app)
        where TService : class
    {
        var json = app.Services.GetRequiredService<JsonCalls>();
        var mostBytes = app.Services.GetRequiredService<IOptions<GrpcServiceOptions<TService>>>().Value.MaxReceiveMessageSize
            ?? throw new InvalidOperationException($"Messages of {typeof(TService).Name} have no bound.");
        app.MapGrpcService<TService>().Add(endpoint =>
        {
            if (endpoint.Metadata.OfType<GrpcJsonTranscodingMetadata>().SingleOrDefault() is { } rule)
            {
                endpoint.RequestDelegate = json.Around(endpoint.RequestDelegate!, rule, mostBytes);
            }
        });
    }
}
