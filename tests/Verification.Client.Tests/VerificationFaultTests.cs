using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Verification.FakeService;
using Xunit;

namespace Verification.Client.Tests;

public sealed class VerificationFaultTests
{
    [Fact]
    public async Task From_RichErrorOverTheWire_ReadsEverything()
    {
        await using var service = await FakeService.FakeService.StartAsync();
        service.Script.Verify = _ => throw Faults.Create(
            StatusCode.InvalidArgument, "MALFORMED_PERMIT_NUMBER", "The number is malformed.", ("permit_number", "must have 6 to 24 characters"));
        using var client = new PermitVerificationClient(new() { Address = service.Address });

        var exception = await Assert.ThrowsAsync<RpcException>(
            () => client.Verification.VerifyPermitAsync(new(), cancellationToken: TestContext.Current.CancellationToken).ResponseAsync);
        var fault = VerificationFault.From(exception);

        Assert.Equal(StatusCode.InvalidArgument, fault.StatusCode);
        Assert.Equal("MALFORMED_PERMIT_NUMBER", fault.Reason);
        Assert.Equal(VerificationFault.ServiceDomain, fault.Domain);
        Assert.Equal("The number is malformed.", fault.Message);
        Assert.Equal(new FieldViolation("permit_number", "must have 6 to 24 characters"), Assert.Single(fault.Violations));
        Assert.Null(fault.RetryAfter);
        Assert.False(fault.CouldNotTell);
    }

    [Fact]
    public void From_FieldWithAReason_ReadsIt()
    {
        var bad = new BadRequest { FieldViolations = { new BadRequest.Types.FieldViolation { Field = "as_of", Description = "is no day", Reason = "MALFORMED_DATE" } } };
        var status = new Google.Rpc.Status { Code = (int)StatusCode.InvalidArgument, Details = { Any.Pack(bad) } };

        Assert.Equal([new FieldViolation("as_of", "is no day", "MALFORMED_DATE")], VerificationFault.From(status).Violations);
    }

    [Fact]
    public void From_ItemOfABatch_ReadsRetryDelay()
    {
        var status = new Google.Rpc.Status { Code = (int)StatusCode.Unavailable, Message = "later" };
        status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = TimeSpan.FromSeconds(3).ToDuration() }));

        var fault = VerificationFault.From(status);

        Assert.Equal(TimeSpan.FromSeconds(3), fault.RetryAfter);
        Assert.True(fault.CouldNotTell);
    }

    [Fact]
    public void From_ErrorWithoutDetails_HasEmptyReason()
    {
        var fault = VerificationFault.From(new RpcException(new Grpc.Core.Status(StatusCode.Internal, "broken")));

        Assert.Equal("", fault.Reason);
        Assert.Equal("broken", fault.Message);
        Assert.Empty(fault.Violations);
    }

    [Fact]
    public void From_DetailsThatAreNoMessage_KeepsTheStatus()
    {
        var trailers = new Metadata { { "grpc-status-details-bin", [0xFF, 0xFF, 0xFF] } };
        var broken = new Google.Rpc.Status { Code = (int)StatusCode.Internal };
        broken.Details.Add(new Any { TypeUrl = "type.googleapis.com/google.rpc.ErrorInfo", Value = ByteString.CopyFrom(0xFF) });

        Assert.Equal("", VerificationFault.From(new RpcException(new Grpc.Core.Status(StatusCode.Internal, "x"), trailers)).Reason);
        Assert.Equal("", VerificationFault.From(broken).Reason);
    }

    [Theory]
    [InlineData(StatusCode.Unavailable, true)]
    [InlineData(StatusCode.DeadlineExceeded, true)]
    [InlineData(StatusCode.Cancelled, true)]
    [InlineData(StatusCode.Unimplemented, false)]
    [InlineData(StatusCode.NotFound, false)]
    [InlineData(StatusCode.PermissionDenied, false)]
    [InlineData(StatusCode.OutOfRange, false)]
    public void CouldNotTell_ByStatus_TellsRefusalFromFailure(StatusCode code, bool expected) =>
        Assert.Equal(expected, VerificationFault.From(new RpcException(new Grpc.Core.Status(code, ""))).CouldNotTell);
}
