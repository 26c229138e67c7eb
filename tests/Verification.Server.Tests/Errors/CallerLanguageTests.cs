using System.Reflection;
using System.Text.Json;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Permits.Verification.V1;
using Verification.Core.Permits;
using Verification.Core.Words;
using Verification.Server.Access;
using Verification.Server.Access.Consumers;
using Verification.Server.Errors;
using Verification.Server.Messages;
using Verification.Server.Tests.Support;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Tests.Errors;

/// <summary>Every error in the language that its caller asks for, on every way out of the server.</summary>
public sealed class CallerLanguageTests
{
    private static readonly Metadata Chinese = new() { { "accept-language", "zh-CN,zh;q=0.9,en;q=0.8" } };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("zh-CN", Language.Chinese)]
    [InlineData("zh", Language.Chinese)]
    [InlineData("zh-Hant-TW", Language.Chinese)]
    [InlineData("fr, zh;q=0.3, en;q=0.2", Language.Chinese)]
    [InlineData("zh;q=0.2, en-GB;q=0.9", Language.English)]
    [InlineData("en", Language.English)]
    [InlineData("zh;q=0, fr", null)]
    [InlineData("*", null)]
    [InlineData("", null)]
    [InlineData("=;;,", null)]
    public void Of_Header_IsTheFirstLanguageThatThereIs(string header, Language? language)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.AcceptLanguage = header;

        Assert.Equal(language, CallerLanguage.Of(context));
    }

    [Fact]
    public void Of_NoHeader_IsNone() => Assert.Null(CallerLanguage.Of(new DefaultHttpContext()));

    [Fact]
    public async Task VerifyPermit_WrongField_IsToldInChineseWithItsField()
    {
        await using var server = await TestServer.StartAsync();

        var error = await ErrorOfAsync(async () => await server.Permits.VerifyPermitAsync(Calls.Check("BJ!"), Chinese, cancellationToken: Token));

        Assert.Equal("permit_number：不是证件号码；证件号码为 6 到 24 个字符 0-9A-Z，空白和连字符不计。", Localized(error));
        var field = Assert.Single(error.GetDetail<BadRequest>()!.FieldViolations);
        Assert.Equal(("zh-CN", "不是证件号码；证件号码为 6 到 24 个字符 0-9A-Z，空白和连字符不计。"), (field.LocalizedMessage.Locale, field.LocalizedMessage.Message));
        Assert.StartsWith("It is no permit number", field.Description, StringComparison.Ordinal);
        Assert.StartsWith("permit_number: It is no permit number", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task VerifyPermit_NoLanguageNamed_CarriesNone()
    {
        await using var server = await TestServer.StartAsync();

        var error = await ErrorOfAsync(async () => await server.Permits.VerifyPermitAsync(Calls.Check("BJ!"), cancellationToken: Token));

        Assert.Null(error.GetDetail<LocalizedMessage>());
        Assert.Null(Assert.Single(error.GetDetail<BadRequest>()!.FieldViolations).LocalizedMessage);
    }

    [Fact]
    public async Task VerifyPermit_English_IsToldInEnglish()
    {
        await using var server = await TestServer.StartAsync();

        var error = await ErrorOfAsync(
            async () => await server.Permits.VerifyPermitAsync(Calls.Check("BJ!"), new Metadata { { "accept-language", "en" } }, cancellationToken: Token));

        Assert.Equal(("en", error.Message), (error.GetDetail<LocalizedMessage>()!.Locale, Localized(error)));
    }

    [Fact]
    public async Task Call_NotLetIn_IsToldInChinese()
    {
        await using var server = await TestServer.StartAsync();
        using var channel = server.Connect("no-such-key");
        var permits = new VerificationService.VerificationServiceClient(channel);

        var error = await ErrorOfAsync(async () => await permits.VerifyPermitAsync(Calls.Check("BJ2024000017"), Chinese, cancellationToken: Token));

        Assert.Equal("凭据未知或不受信任。", Localized(error));
    }

    [Fact]
    public async Task BatchVerifyPermits_WrongItem_IsToldInChinese()
    {
        await using var server = await TestServer.StartAsync();
        var batch = new BatchVerifyPermitsRequest { Checks = { Calls.Check("BJ2024000017"), Calls.Check("BJ!") } };

        var answer = await server.Permits.BatchVerifyPermitsAsync(batch, Chinese, cancellationToken: Token);
        var silent = await server.Permits.BatchVerifyPermitsAsync(batch, cancellationToken: Token);

        Assert.NotNull(answer.Items[0].Response);
        Assert.StartsWith("permit_number：", Localized(answer.Items[1].Error), StringComparison.Ordinal);
        Assert.Null(silent.Items[1].Error.GetDetail<LocalizedMessage>());
    }

    [Fact]
    public async Task StreamVerifyPermits_WrongMessageAndWrongItem_AreToldInChinese()
    {
        await using var server = await TestServer.StartAsync();
        using var call = server.Permits.StreamVerifyPermits(Chinese, cancellationToken: Token);

        await call.RequestStream.WriteAsync(new() { Batch = new() }, Token);
        Assert.True(await call.ResponseStream.MoveNext(Token));
        var message = call.ResponseStream.Current.Error;
        await call.RequestStream.WriteAsync(new() { Batch = new() { Checks = { Calls.Check("BJ!") } } }, Token);
        Assert.True(await call.ResponseStream.MoveNext(Token));

        Assert.StartsWith("checks：批量中没有查询", Localized(message), StringComparison.Ordinal);
        Assert.StartsWith("permit_number：", Localized(call.ResponseStream.Current.Response.Items[0].Error), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_ThatThereIsNot_IsToldInChinese()
    {
        await using var server = await TestServer.StartAsync();
        var method = new Method<byte[], byte[]>(
            MethodType.Unary,
            "permits.verification.v1.VerificationService",
            "Guess",
            Marshallers.Create(bytes => bytes, bytes => bytes),
            Marshallers.Create(bytes => bytes, bytes => bytes));

        var error = await ErrorOfAsync(async () => await server.Channel.CreateCallInvoker().AsyncUnaryCall(
            method, null, new CallOptions(Chinese, cancellationToken: Token), []));

        Assert.Equal("没有这个名称的调用；它可能属于服务的其他版本。", Localized(error));
    }

    [Theory]
    [InlineData("zh-CN", "zh-CN", "请求有误", "permit_number：不是证件号码；证件号码为 6 到 24 个字符 0-9A-Z，空白和连字符不计。")]
    [InlineData("en", "en", "The request is wrong", "permit_number: It is no permit number; one has 6 to 24 characters 0-9A-Z, white space and hyphens aside.")]
    [InlineData("fr", "en", "The request is wrong", "permit_number: It is no permit number; one has 6 to 24 characters 0-9A-Z, white space and hyphens aside.")]
    public async Task Problem_OfAJsonCall_IsInTheLanguageNegotiated(string asked, string told, string title, string detail)
    {
        await using var server = await TestServer.StartAsync();

        var reply = await SendAsync(server, "/v1/permits:verify", """{"permitNumber":"BJ!"}""", asked);

        var problem = JsonDocument.Parse(reply.Body).RootElement;
        Assert.Equal((told, title, detail), (reply.Header("Content-Language"), problem.GetProperty("title").GetString(), problem.GetProperty("detail").GetString()));
        Assert.Equal("MALFORMED_PERMIT_NUMBER", problem.GetProperty("reason").GetString());
        Assert.EndsWith(problem.GetProperty("violations")[0].GetProperty("description").GetString()!, detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BatchItem_OfAJsonCall_IsToldInChinese()
    {
        await using var server = await TestServer.StartAsync();

        var reply = await SendAsync(server, "/v1/permits:batchVerify", """{"checks":[{"permitNumber":"BJ!"}]}""", "zh-CN");

        Assert.Equal(System.Net.HttpStatusCode.OK, reply.Status);
        Assert.Contains("permit_number：不是证件号码", System.Text.RegularExpressions.Regex.Unescape(reply.Body), StringComparison.Ordinal);
    }

    /// <summary>An error with as many wrong fields as one names: its headers stay within what the poorest client takes.</summary>
    [Fact]
    public async Task Call_MostWrongFields_FitsIntoTheHeaders()
    {
        await using var server = await TestServer.StartAsync();
        var check = Calls.Check("BJ!");
        check.Entitlements.Add(Enumerable.Repeat((Entitlement)99, 18));

        var error = await ErrorOfAsync(async () => await server.Permits.VerifyPermitAsync(check, Chinese, cancellationToken: Token));

        Assert.True(error.CalculateSize() <= 5_000, $"{error.CalculateSize()} bytes");
        Assert.Equal(16, error.GetDetail<BadRequest>()!.FieldViolations.Count);
        Assert.StartsWith("permit_number：", Localized(error), StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_AllThatThereAre_SayItInChinese()
    {
        var faults = typeof(FieldFault).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(method => (FieldFault)Made(method)).ToArray();

        Assert.NotEmpty(faults);
        Assert.Empty(faults.Where(fault => !IsChinese(fault.Description.Chinese)).Select(fault => fault.Description));
    }

    [Fact]
    public void Errors_AllThatThereAre_SayItInChinese()
    {
        RpcStatus[] errors =
        [
            .. typeof(RpcErrors).GetMethods(BindingFlags.Public | BindingFlags.Static)
                .Where(method => method.Name != nameof(RpcErrors.Create))
                .Select(Made)
                .Select(error => error as RpcStatus ?? ((RpcException)error).GetRpcStatus()!),
            .. Enum.GetValues<CredentialFault>().Select(CredentialErrors.Of),
        ];

        Assert.NotEmpty(errors);
        Assert.Empty(errors.Where(error => !IsChinese(Localized(error))).Select(error => error.Message));
    }

    /// <summary>A client that knows the reason alone, as of an older service, finds words for it.</summary>
    [Fact]
    public void Reasons_AllThatThereAre_AreInTheTable()
    {
        var reasons = typeof(ErrorReasons).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetValue(null)!);

        Assert.Equal(reasons.Order(StringComparer.Ordinal), Terms.All("error_reason").Select(term => term.Code).Order(StringComparer.Ordinal));
    }

    private static Task<JsonReply> SendAsync(TestServer server, string path, string body, string language) => server.SendAsync(
        HttpMethod.Post,
        path,
        TestConsumers.Authority,
        JsonClient.Content(System.Text.Encoding.UTF8.GetBytes(body), "application/json"),
        request => request.Headers.TryAddWithoutValidation("accept-language", language));

    private static bool IsChinese(string text) => text.Any(character => character is >= '\u4E00' and <= '\u9FFF');

    private static string Localized(RpcStatus error) => error.GetDetail<LocalizedMessage>()?.Message ?? string.Empty;

    private static async Task<RpcStatus> ErrorOfAsync(Func<Task> call) => (await Assert.ThrowsAsync<RpcException>(call)).GetRpcStatus()!;

    /// <summary>What a method makes of values that stand for any.</summary>
    private static object Made(MethodInfo method) =>
        method.Invoke(null, [.. method.GetParameters().Select(parameter => Any(parameter.ParameterType))])!;

    private static object? Any(Type type) =>
        type == typeof(string) ? "VALUE"
        : type == typeof(Wording) ? new Wording("Words.", "文字。")
        : type == typeof(Wording?) ? null
        : type == typeof(Rejection) ? new Rejection(RejectCode.Lapsed, new("Over.", "已失效。"))
        : type == typeof(BadRequest) ? new BadRequest()
        : type == typeof(JsonException) ? new JsonException(null, null, 1, 2)
        : type == typeof(DateOnly) ? new DateOnly(2026, 5, 1)
        : type == typeof(Core.Permits.IdentityDocument) ? Core.Permits.IdentityDocument.Passport
        : type.IsValueType ? Activator.CreateInstance(type)
        : throw new InvalidOperationException($"No value stands for {type}.");
}
