using System.Reflection;
using System.Text.RegularExpressions;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Verification.Client;
using Verification.Core.Permits;
using Verification.Server.Access;
using Verification.Server.Access.Consumers;
using Verification.Server.Errors;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Tests.Errors;

/// <summary>What the client package makes of every error of the service: whether it is worth while to send the same call again.</summary>
public sealed partial class ClientVerdictTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(2);

    private static readonly RpcStatus[] MayBeAnsweredLater =
    [
        Quota(ErrorReasons.RateExceeded),
        Quota(ErrorReasons.UnknownBudgetExhausted),
        Quota(ErrorReasons.GuessBudgetExhausted),
        Quota(ErrorReasons.StreamsExhausted),
        StatusOf(RpcErrors.Overloaded()),
        StatusOf(RpcErrors.RegistrySlow()),
        StatusOf(RpcErrors.RegistrySlowForDeadline()),
        StatusOf(RpcErrors.ImportInProgress()),
        StatusOf(RpcErrors.RegistryUnavailable()),
        StatusOf(RpcErrors.RegistryStale(Wait)),
        StatusOf(RpcErrors.RegistryEmpty()),
        StatusOf(RpcErrors.RegistryReplaced()),
        RpcErrors.AuditUnavailable(),
        StatusOf(RpcErrors.AuditBehind()),
        RpcErrors.ClockSkewed(),
        StatusOf(RpcErrors.ShuttingDown()),
        StatusOf(RpcErrors.Cancelled()),
        StatusOf(RpcErrors.DeadlineExceeded()),
        StatusOf(RpcErrors.ServerFault().ToRpcException()),
        CredentialErrors.Of(CredentialFault.IssuerUnavailable),
        CredentialErrors.Of(CredentialFault.RevocationUnknown),
    ];

    private static readonly RpcStatus[] SameAnswerAgain =
    [
        Field(ErrorReasons.InvalidFields),
        Field(ErrorReasons.FieldRequired),
        Field(ErrorReasons.MalformedPermitNumber),
        Field(ErrorReasons.MalformedIdentityNumber),
        Field(ErrorReasons.IdentityRequired),
        Field(ErrorReasons.MalformedDate),
        Field(ErrorReasons.DateOutOfRange),
        Field(ErrorReasons.UnknownValue),
        Field(ErrorReasons.InvalidCardEdition),
        Field(ErrorReasons.InvalidFreshness),
        Field(ErrorReasons.InvalidRevision),
        Field(ErrorReasons.InvalidJump),
        Field(ErrorReasons.InvalidBatchSize),
        Field(ErrorReasons.TooManyValues),
        Field(ErrorReasons.NotAllowedInBatch),
        Field(ErrorReasons.InvalidId),
        Field(ErrorReasons.TextTooLong),
        Field(ErrorReasons.IdentityNumberInText),
        Field(ErrorReasons.MalformedCheckId),
        Field(ErrorReasons.MalformedInstant),
        Field(ErrorReasons.InvalidInterval),
        Field(ErrorReasons.InvalidPageSize),
        Field(ErrorReasons.InvalidPageToken),
        Field(ErrorReasons.InvalidSample),
        Field(ErrorReasons.UnknownField),
        Field(ErrorReasons.MalformedValue),
        Field(ErrorReasons.FieldRepeated),
        RpcErrors.ContentTypeUnknown(),
        RpcErrors.HttpMethodNotAllowed("POST"),
        RpcErrors.PathUnknown(),
        StatusOf(RpcErrors.CheckUnknown()),
        RpcErrors.MalformedMessage(),
        RpcErrors.EncodingUnknown(),
        RpcErrors.MethodUnknown(),
        RpcErrors.MessageTooLarge(),
        StatusOf(RpcErrors.RevisionUnknown(asked: 2, head: 1)),
        RpcErrors.OutOfScope("HOME_PURCHASE"),
        RpcErrors.IdentityNotMatched(),
        RpcErrors.RoleMissing(),
        RpcErrors.BatchesNotAllowed(),
        StatusOf(RpcErrors.RulebookUnknown()),
        StatusOf(RpcErrors.ImportIdReused(new("Another file.", "另一个文件。"))),
        StatusOf(RpcErrors.RequestIdReused(revision: 1)),
        .. Enum.GetValues<RejectCode>().Select(code => StatusOf(RpcErrors.Refused(new Rejection(code, new("No.", "否。"))))),
        CredentialErrors.Of(CredentialFault.Missing),
        CredentialErrors.Of(CredentialFault.Invalid),
        CredentialErrors.Of(CredentialFault.NotYetValid),
        CredentialErrors.Of(CredentialFault.Expired),
        CredentialErrors.Of(CredentialFault.Revoked),
    ];

    [Fact]
    public void CouldNotTell_EveryError_IsTrueWhereTheSameCallMayBeAnsweredLater()
    {
        Assert.Equal(MayBeAnsweredLater.Select(error => (Reason(error), true)), MayBeAnsweredLater.Select(Verdict));
        Assert.Equal(SameAnswerAgain.Select(error => (Reason(error), false)), SameAnswerAgain.Select(Verdict));
    }

    [Fact]
    public void Tables_EveryReasonOfTheService_IsInOne()
    {
        var reasons = typeof(ErrorReasons).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetValue(null)!);
        var faults = Enum.GetValues<CredentialFault>().Select(fault => Reason(CredentialErrors.Of(fault)));

        Assert.Empty(reasons.Concat(faults).Except(MayBeAnsweredLater.Concat(SameAnswerAgain).Select(Reason)));
    }

    [Fact]
    public void RetryPushback_EveryError_SaysWhatItsRetryInfoSays()
    {
        foreach (var error in MayBeAnsweredLater.Concat(SameAnswerAgain))
        {
            var exception = error.ToRpcException();
            RetryPushback.AddTo(exception);
            RetryPushback.AddTo(exception);

            var headers = new HeaderDictionary();
            TrailersOnly.Set(headers, error);

            var milliseconds = VerificationFault.From(exception).RetryAfter?.TotalMilliseconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(milliseconds is null ? [] : [milliseconds], exception.Trailers.GetAll(RetryPushback.Name).Select(entry => entry.Value));
            Assert.Equal(milliseconds, (string?)headers[RetryPushback.Name]);
        }
    }

    /// <summary>The package names every reason, so that nobody writes one by hand.</summary>
    [Fact]
    public void VerificationReasons_EveryReasonOfTheService_HasAConstant()
    {
        var constants = typeof(VerificationReasons).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetValue(null)!);

        Assert.Equal(
            MayBeAnsweredLater.Concat(SameAnswerAgain).Select(Reason).Distinct().Order(),
            constants.Except([VerificationReasons.AnswerMismatch]).Order());
    }

    /// <summary>docs/api.md has a row for each reason, with its codes, what it means and what to do.</summary>
    [Fact]
    public void ApiPage_EveryReason_HasARowWithItsCodes()
    {
        var page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "api.md"));
        var rows = ReasonRow().Matches(page);
        var documented = rows.SelectMany(
            row => Code().Matches(row.Groups["codes"].Value), (row, code) => (row.Groups["reason"].Value, Code: code.Groups["code"].Value));
        var told = MayBeAnsweredLater.Concat(SameAnswerAgain)
            .Select(error => (Reason(error), Code: CodeNames.NameOf((Google.Rpc.Code)error.Code)))
            .Distinct();

        Assert.Equal(told.Order(), documented.Order());
        Assert.All(rows, row => Assert.True(row.Groups["meaning"].Value.Trim().Length > 0, row.Value));
    }

    [GeneratedRegex(@"^\| `(?<reason>[A-Z_]+)` \| (?<codes>(?:`[A-Z_]+`(?:, )?)+) \| (?<meaning>[^|]*) \| [^|]* \|$", RegexOptions.Multiline)]
    private static partial Regex ReasonRow();

    [GeneratedRegex("`(?<code>[A-Z_]+)`")]
    private static partial Regex Code();

    private static RpcStatus Quota(string reason) => RpcErrors.QuotaExceeded(reason, "walker", new("None.", "没有。"), Wait);

    private static RpcStatus Field(string reason) => RpcErrors.InvalidArgument(reason, new("Wrong.", "有误。"), new BadRequest());

    private static RpcStatus StatusOf(RpcException error) => error.GetRpcStatus()!;

    private static string Reason(RpcStatus error) => error.GetDetail<ErrorInfo>()!.Reason;

    private static (string Reason, bool CouldNotTell) Verdict(RpcStatus error) =>
        (Reason(error), VerificationFault.From(error.ToRpcException()).CouldNotTell);
}
