using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Permits.Audit.V1;
using Permits.Registry.V1;
using Permits.Verification.V1;
using Verification.Server.Json.Description;
using Verification.Server.Messages;
using Verification.Server.Tests.Json;

namespace Verification.Server.Tests.Messages;

/// <summary>What is let pass is what Protocol Buffers' own parser takes, which is strict; and it takes nothing that is not JSON of the contract.</summary>
public sealed class JsonMessageTests
{
    private static readonly MessageDescriptor[] Types =
    [
        VerifyPermitRequest.Descriptor, BatchVerifyPermitsRequest.Descriptor, GetTimelineRequest.Descriptor, RecordEventRequest.Descriptor,
        GetPermitRequest.Descriptor, GetProceduresRequest.Descriptor, ListRecordsRequest.Descriptor, ListDisclosuresRequest.Descriptor,
    ];

    private static readonly string[] Signs = ["", "\"", "1", "}", "[", "null", "-", "\\u00", "e", "."];

    [Fact]
    public void Check_AnyText_PassesNothingThatTheContractsOwnParserRefuses()
    {
        var requests = new RequestsOf(JsonNode.Parse(ApiDescription.Write())!.AsObject());
        foreach (var type in Types)
        {
            var schema = new JsonObject { ["$ref"] = $"#/components/schemas/{type.Name}" };
            var check = JsonMessage.Of(type);
            var passed = 0;
            Gen.Select(Gen.OneOf(requests.Good(schema), requests.Bad(schema)), Gen.Int[0, 1_000], Gen.Int[0, Signs.Length - 1].Select(index => Signs[index]), Gen.Int[0, 3])
                .Select((body, place, sign, length) => Mutated(body, place, sign, length))
                .Sample(
                    body =>
                    {
                        if (Passes(check, body))
                        {
                            Interlocked.Increment(ref passed);
                            Assert.NotNull(JsonParser.Default.Parse(body, type));
                        }
                    },
                    iter: 3_000);
            Assert.True(passed > 100, $"Of {type.Name} only {passed} passed.");
        }
    }

    /// <summary>A body may be of a megabyte, and is one check's cost.</summary>
    [Fact]
    public void Check_OfManyUnknownFields_AllocatesLittleForEach()
    {
        const int fields = 50_000;
        var check = JsonMessage.Of(VerifyPermitRequest.Descriptor);
        var body = Encoding.UTF8.GetBytes($"{{{string.Join(',', Enumerable.Repeat("\"a\":0", fields))}}}");
        check.Check(body, new FieldReader());

        var before = GC.GetAllocatedBytesForCurrentThread();
        check.Check(body, new FieldReader());

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / fields, 0, 100);
    }

    [Fact]
    public void Check_WhatTheContractsOwnFormatterWrites_Passes()
    {
        var request = new RecordEventRequest
        {
            RequestId = "one",
            Event = new() { PermitNumber = "BJ2024000017", On = new() { Year = 2025, Month = 5, Day = 1 }, Inspected = new() { Channel = InspectionChannel.Online } },
        };

        Assert.True(Passes(JsonMessage.Of(RecordEventRequest.Descriptor), JsonFormatter.Default.Format(request)));
        Assert.True(Passes(
            JsonMessage.Of(VerifyPermitRequest.Descriptor),
            new JsonFormatter(JsonFormatter.Settings.Default.WithFormatDefaultValues(true).WithPreserveProtoFieldNames(true)).Format(
                new VerifyPermitRequest { PermitNumber = "BJ2024000017", CardEdition = 1, Freshness = new() { MaxStaleness = new() { Nanos = 7 } } })));
    }

    [Fact]
    public void Check_ManyWrongFields_NamesTheFirst()
    {
        var faults = new FieldReader();

        Assert.True(JsonMessage.Of(VerifyPermitRequest.Descriptor).Check(
            Encoding.UTF8.GetBytes($$"""{{{string.Join(',', Enumerable.Range(0, 100).Select(_ => "\"a\":{\"b\":[{}]}"))}}}"""), faults));

        Assert.Equal(16, faults.Error!.Details[1].Unpack<Google.Rpc.BadRequest>().FieldViolations.Count);
    }

    private static bool Passes(JsonMessage message, string body)
    {
        var faults = new FieldReader();
        try
        {
            return message.Check(Encoding.UTF8.GetBytes(body), faults) && !faults.IsWrong;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Mutated(string body, int place, string sign, int length)
    {
        var start = place % body.Length;
        return length == 3 ? body : string.Concat(body.AsSpan(0, start), sign, body.AsSpan(Math.Min(body.Length, start + length)));
    }
}
