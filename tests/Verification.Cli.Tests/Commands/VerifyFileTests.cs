using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Permits.Verification.V1;
using Verification.Cli.Shell;
using Verification.Cli.Tests.Support;

namespace Verification.Cli.Tests.Commands;

/// <summary>What a round reads and writes.</summary>
public sealed class VerifyFileTests
{
    private const string Header =
        "row,permit_number,reference,kind,status,reasons,as_of,status_since,status_until,issued_on,expires_on,valid_until,through,"
        + "valid_throughout,first_not_valid_on,subject_match,home_purchase,home_purchase_basis,error,message\r\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task VerifyFile_List_WritesARowForEachLine()
    {
        await using var folder = await RoundFolder.StartAsync();

        var result = await folder.VerifyAsync("BJ2024000017\n\n  'BJ2024000018 \r\nNO99999999\n1.2E+17\nBAD");

        Assert.Equal((ExitCode.Rejects, ""), (result.ExitCode, result.Error));
        Assert.Equal(
            Header
            + "1,BJ2024000017,,WORK_RESIDENCE_PERMIT,VALID,,2026-05-04,2026-05-01,,2024-03-05,2027-03-05,,,,,MATCHED,CONFERRED,CITIZEN_TREATMENT,,\r\n"
            + "2,,,,,,,,,,,,,,,,,,FIELD_REQUIRED,The row has no permit number.\r\n"
            + "3,BJ2024000018,,WORK_RESIDENCE_PERMIT,VALID,,2026-05-04,2026-05-01,,2024-03-05,2027-03-05,,,,,MATCHED,CONFERRED,CITIZEN_TREATMENT,,\r\n"
            + "4,,,,NOT_FOUND,,2026-05-04,,,,,,,,,NOT_CHECKED,,,,\r\n"
            + "5,,,,,,,,,,,,,,,,,,SPREADSHEET_NUMBER,A spreadsheet has rounded the permit number (as in 1.2E+17): take it from its source as text.\r\n"
            + "6,,,,,,,,,,,,,,,,,,MALFORMED_PERMIT_NUMBER,permit_number: 'BAD' is no permit number; it is.\r\n",
            folder.Verdicts);
    }

    [Fact]
    public async Task VerifyFile_Complete_IsClosedByItsRecord()
    {
        await using var folder = await RoundFolder.StartAsync();
        var input = RoundFolder.Numbers(3_210);

        var result = await folder.VerifyAsync(input, "--through", "2026-06-01", "--json");

        Assert.Equal(ExitCode.Rejects, result.ExitCode);
        Assert.Equal(JsonSerializer.Serialize(folder.Record), JsonSerializer.Serialize(result.Json));
        Assert.True(result.Json.GetProperty("complete").GetBoolean());
        Assert.Equal("2026-05-04", result.Json.GetProperty("as_of").GetString());
        Assert.Equal("2026-06-01", result.Json.GetProperty("through").GetString());
        Assert.Equal(5313, result.Json.GetProperty("revision").GetInt64());
        Assert.Equal("2026.1", result.Json.GetProperty("rulebook").GetString());
        Assert.Equal(3_210, result.Json.GetProperty("rows").GetInt64());
        Assert.Equal("""{"NOT_FOUND":128,"VALID":3018}""", result.Json.GetProperty("statuses").GetRawText());
        Assert.Equal("""{"MALFORMED_PERMIT_NUMBER":64}""", result.Json.GetProperty("errors").GetRawText());
        Assert.Equal(Sha256(Encoding.UTF8.GetBytes(input)), result.Json.GetProperty("input_sha256").GetString());
        Assert.Equal(Sha256(await File.ReadAllBytesAsync(folder.Output, Token)), result.Json.GetProperty("output_sha256").GetString());
    }

    [Fact]
    public async Task VerifyFile_ManyBatches_AreOfTheFirstOnesDateAndRevision()
    {
        await using var folder = await RoundFolder.StartAsync();

        await folder.VerifyAsync(RoundFolder.Numbers(4_500));

        Assert.Equal([1_000, 1_000, 1_000, 1_000, 500], folder.Register.Asked.Select(batch => batch.Checks.Count));
        Assert.False(folder.Register.Asked[0].HasKnownAtRevision);
        Assert.All(folder.Register.Asked[0].Checks, check => Assert.Null(check.AsOf));
        Assert.All(folder.Register.Asked[1..], batch => Assert.Equal(5313, batch.KnownAtRevision));
        Assert.All(folder.Register.Asked[1..].SelectMany(batch => batch.Checks), check => Assert.Equal(Samples.Day(2026, 5, 4), check.AsOf));
        Assert.Equal(Enumerable.Range(1, 4_500), folder.Rows.Select(row => int.Parse(row[0], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task VerifyFile_DateRevisionAndRulebook_AreAskedFor()
    {
        await using var folder = await RoundFolder.StartAsync();

        await folder.VerifyAsync("BJ2024000017", "--as-of", "2026-02-03", "--known-at", "17", "--through", "2026-03-01", "--rulebook", "2025.9");

        var batch = Assert.Single(folder.Register.Asked);
        Assert.Equal((17, "2025.9"), (batch.KnownAtRevision, batch.RulebookVersion));
        var check = Assert.Single(batch.Checks);
        Assert.Equal(
            (Samples.Day(2026, 2, 3), Samples.Day(2026, 3, 1), Entitlement.HomePurchase), (check.AsOf, check.Through, Assert.Single(check.Entitlements)));
    }

    public static TheoryData<string, byte[]> Tables => new()
    {
        { "commas", "permit_number,姓名\nBJ2024000017,王\nNO99999999,李\n"u8.ToArray() },
        { "semicolons, CRLF", "permit_number;姓名\r\nBJ2024000017;王\r\nNO99999999;李\r\n"u8.ToArray() },
        { "tabs, no last line end", "permit_number\t姓名\nBJ2024000017\t王\nNO99999999\t李"u8.ToArray() },
        { "byte-order mark", [.. Encoding.UTF8.Preamble, .. "permit_number,姓名\r\nBJ2024000017,王\r\nNO99999999,李\r\n"u8] },
        { "quotes", "\"姓名\",\"Permit_Number\"\r\n\"王\",\"BJ2024000017\"\r\n\"李, \"\"小\"\"\r\n明\",\"NO99999999\"\r\n"u8.ToArray() },
        { "apostrophes", "permit_number,姓名\n'BJ2024000017,王\n\" 'NO99999999 \",李\n"u8.ToArray() },
        { "one column", "permit_number\nBJ2024000017\nNO99999999\n"u8.ToArray() },
        { "GB 18030", Gb18030("permit_number,姓名\r\nBJ2024000017,王\r\nNO99999999,李𠮷\r\n") },
    };

    [Theory]
    [MemberData(nameof(Tables), DisableDiscoveryEnumeration = true)]
    public async Task VerifyFile_TableOfAnyForm_IsReadAlike(string form, byte[] table)
    {
        await using var folder = await RoundFolder.StartAsync();

        var result = await folder.VerifyAsync("numbers.csv", table);

        Assert.Equal(ExitCode.Answered, result.ExitCode);
        Assert.Equal(form == "GB 18030" ? "note: FILE is no UTF-8, so it is read as gb18030; --encoding says it outright\n" : "", result.Error);
        Assert.Equal(form == "GB 18030" ? "gb18030" : "utf-8", folder.Record.GetProperty("input_encoding").GetString());
        Assert.Equal(["BJ2024000017", "NO99999999"], folder.Register.Asked.Single().Checks.Select(check => check.PermitNumber));
        Assert.Equal([("1", "VALID"), ("2", "NOT_FOUND")], folder.Rows.Select(row => (row[0], row[4])));
    }

    [Fact]
    public async Task VerifyFile_AllColumns_AreAskedWith()
    {
        await using var folder = await RoundFolder.StartAsync();
        const string table = "证号;号码;证件;谁;编号\nBJ2024000017;E1234 5678;passport;CHILD;A-1\nBJ2024000018;'110105199003072338;;;\nBJ2024000019\n";

        var result = await folder.VerifyAsync(
            "numbers.csv",
            Encoding.UTF8.GetBytes(table),
            "--column", "证号", "--id-column", "号码", "--document-column", "证件", "--role-column", "谁", "--reference-column", "编号");

        Assert.Equal((ExitCode.Answered, ""), (result.ExitCode, result.Error));
        var checks = folder.Register.Asked.Single().Checks;
        Assert.Equal(new Subject { Role = SubjectRole.Child, IdentityNumber = "E1234 5678", Document = IdentityDocument.Passport }, checks[0].Subject);
        Assert.Equal(new Subject { IdentityNumber = "110105199003072338" }, checks[1].Subject);
        Assert.Null(checks[2].Subject);
        Assert.Equal(["A-1", "", ""], checks.Select(check => check.Reference));
        Assert.Equal(["A-1", "", ""], folder.Rows.Select(row => row[2]));
    }

    [Fact]
    public async Task VerifyFile_WrongCells_AreErrorsOfTheirRowsAndNotSent()
    {
        await using var folder = await RoundFolder.StartAsync();
        var table = $"permit_number,id,role,document\nBJ2024000017,1.10105E+17,,\n{new string('B', 65)},,,\nBJ2024000018,1,uncle,\nBJ2024000019,1,,diary\n,,,\nBJ2024000020,,,\n";

        var result = await folder.VerifyAsync(
            "numbers.csv", Encoding.UTF8.GetBytes(table), "--id-column", "id", "--role-column", "role", "--document-column", "document");

        Assert.Equal(ExitCode.Rejects, result.ExitCode);
        Assert.Equal(["SPREADSHEET_NUMBER", "TEXT_TOO_LONG", "UNKNOWN_VALUE", "UNKNOWN_VALUE", "FIELD_REQUIRED", ""], folder.Rows.Select(row => row[^2]));
        Assert.Equal("BJ2024000020", folder.Register.Asked.Single().Checks.Single().PermitNumber);
    }

    [Fact]
    public async Task VerifyFile_WholeBatchesOfWrongCells_AreNotSent()
    {
        await using var folder = await RoundFolder.StartAsync();

        var result = await folder.VerifyAsync(string.Concat(Enumerable.Repeat("\n", 2_500)));

        Assert.Equal(ExitCode.Rejects, result.ExitCode);
        Assert.Empty(folder.Register.Asked);
        Assert.Equal(2_500, folder.Rows.Length);
        Assert.Equal(JsonValueKind.Null, folder.Record.GetProperty("as_of").ValueKind);
    }

    [Theory]
    [InlineData("numbers.txt", "")]
    [InlineData("numbers.csv", "permit_number\n")]
    public async Task VerifyFile_NoRows_IsARoundOfNone(string name, string text)
    {
        await using var folder = await RoundFolder.StartAsync();

        var result = await folder.VerifyAsync(name, Encoding.UTF8.GetBytes(text));

        Assert.Equal((ExitCode.Answered, ""), (result.ExitCode, result.Error));
        Assert.Equal(Header, folder.Verdicts);
        Assert.True(folder.Record.GetProperty("complete").GetBoolean());
    }

    [Fact]
    public async Task VerifyFile_TextsThatWouldBeFormulas_StayTexts()
    {
        await using var folder = await RoundFolder.StartAsync();
        const string table = "permit_number;n\nBJ2024000017;=1+1\nBJ2024000018;+1\nBJ2024000019;-1\nBJ2024000020;@A1\nBJ2024000021;\"a,\"\"b\"\"\"\n";

        await folder.VerifyAsync("numbers.csv", Encoding.UTF8.GetBytes(table), "--reference-column", "n");

        Assert.Equal(["'=1+1", "'+1", "'-1", "'@A1"], folder.Rows[..4].Select(row => row[2]));
        Assert.Contains("\r\n5,BJ2024000021,\"a,\"\"b\"\"\",", folder.Verdicts, StringComparison.Ordinal);
    }

    [Fact]
    public async Task VerifyFile_ByteOrderMark_IsWrittenWhereAsked()
    {
        await using var folder = await RoundFolder.StartAsync();

        await folder.VerifyAsync("BJ2024000017\n", "--bom");

        var output = await File.ReadAllBytesAsync(folder.Output, Token);
        Assert.Equal("EFBBBF", Convert.ToHexString(output[..3]));
        Assert.Equal((byte)'r', output[3]);
    }

    [Fact]
    public async Task VerifyFile_Ndjson_WritesAnObjectForEachRow()
    {
        await using var folder = await RoundFolder.StartAsync();
        folder.Cli.Input = "BJ2024000017\nNO99999999\n\n"u8.ToArray();

        var result = await folder.Cli.RunAsync("verify", "--file", "-", "--out", folder.PathOf("v.ndjson"));

        Assert.Equal(ExitCode.Rejects, result.ExitCode);
        Assert.Equal(
            """
            {"row":1,"permit_number":"BJ2024000017","kind":"WORK_RESIDENCE_PERMIT","status":"VALID","reasons":[],"as_of":"2026-05-04","status_since":"2026-05-01","issued_on":"2024-03-05","expires_on":"2027-03-05","subject_match":"MATCHED","entitlements":[{"entitlement":"HOME_PURCHASE","decision":"CONFERRED","basis":"CITIZEN_TREATMENT"},{"entitlement":"AFFORDABLE_HOUSING","decision":"CONDITIONAL","basis":"FURTHER_RULES"},{"entitlement":"UNIVERSITY_ENTRANCE_EXAM","decision":"NOT_CONFERRED","basis":"NO_PERMIT_CONFERS"}]}
            {"row":2,"status":"NOT_FOUND","reasons":[],"as_of":"2026-05-04","subject_match":"NOT_CHECKED","entitlements":[]}
            {"row":3,"error":"FIELD_REQUIRED","message":"The row has no permit number."}

            """,
            folder.Text("v.ndjson"));
    }

    [Theory]
    [InlineData("--file needs --out", "--file", "-")]
    [InlineData("--out must end in .csv or .ndjson", "--file", "-", "--out", "v.xlsx")]
    [InlineData("--bom is for .csv", "--file", "-", "--out", "v.ndjson", "--bom")]
    [InlineData("--encoding must be one of: utf-8, gb18030", "--file", "-", "--out", "v.csv", "--encoding", "latin1")]
    [InlineData("--document-column needs --id-column", "--file", "-", "--out", "v.csv", "--document-column", "d")]
    [InlineData("--resume needs --file", "BJ2024000017", "--resume")]
    [InlineData("--column needs --file", "BJ2024000017", "--column", "n")]
    [InlineData("NUMBER and --file exclude each other", "BJ2024000017", "--file", "-", "--out", "v.csv")]
    [InlineData("--id is for one NUMBER; with --file it has a column, or there is none", "--file", "-", "--out", "v.csv", "--id", "1")]
    [InlineData("--edition is for one NUMBER; with --file it has a column, or there is none", "--file", "-", "--out", "v.csv", "--edition", "1")]
    public async Task VerifyFile_OptionsThatDoNotFit_AreRefused(string message, params string[] args)
    {
        await using var folder = await RoundFolder.StartAsync();

        var result = await folder.Cli.RunAsync(["verify", .. args]);

        Assert.Equal((ExitCode.BadInput, $"error: {message}\n"), (result.ExitCode, result.Error));
    }

    public static TheoryData<string, byte[]> Unreadable => new()
    {
        { "FILE has no column", "number\nBJ2024000017\n"u8.ToArray() },
        { "FILE has two columns", "permit_number,PERMIT_NUMBER\nBJ2024000017,1\n"u8.ToArray() },
        { "FILE has a quotation mark that is never closed", "permit_number,n\nBJ2024000017,\"x\nBJ2024000018,y\n"u8.ToArray() },
        { "FILE is UTF-16", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("permit_number\nBJ2024000017\n")] },
        { "FILE is a zip archive; numbers come as text or CSV", [.. "PK"u8, 3, 4, 20] },
        { "FILE is not utf-8 and not gb18030", [.. "permit_number\nBJ"u8, 0xFF, (byte)'\n'] },
    };

    [Theory]
    [MemberData(nameof(Unreadable), DisableDiscoveryEnumeration = true)]
    public async Task VerifyFile_FileThatIsNoTable_IsNamed(string message, byte[] table)
    {
        await using var folder = await RoundFolder.StartAsync();

        var result = await folder.VerifyAsync("numbers.csv", table);

        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.Contains($"error: {message}", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task VerifyFile_EncodingNamed_IsNotGuessed()
    {
        await using var folder = await RoundFolder.StartAsync();

        var result = await folder.VerifyAsync("numbers.csv", Gb18030("permit_number,姓名\nBJ2024000017,王\n"), "--encoding", "utf-8");

        Assert.Equal((ExitCode.BadInput, "error: FILE is not utf-8\n"), (result.ExitCode, result.Error));
        Assert.False(File.Exists(folder.Output));
    }

    /// <summary>In every column, the permit's by mistake included; a service that sends them back does not help.</summary>
    [Theory]
    [InlineData("110105199003072338")]
    [InlineData("E12345678")]
    public async Task VerifyFile_IdentityNumbers_AreInNothingThatIsLeft(string number)
    {
        await using var folder = await RoundFolder.StartAsync();
        folder.Register.RefuseCheck = check => check.PermitNumber == "BJ2024000018"
            ? FakeService.Faults.Status(Grpc.Core.StatusCode.InvalidArgument, "MALFORMED_IDENTITY_NUMBER", "bad", null, ("subject.identity_number", $"'{number}' is none"))
            : null;
        var table = $"permit_number,id\nBJ2024000017,{number}\nBJ2024000018,{number}\n{number},\nNO{number},\n";

        var result = await folder.VerifyAsync("numbers.csv", Encoding.UTF8.GetBytes(table), "--id-column", "id", "--json");

        Assert.Equal(ExitCode.Rejects, result.ExitCode);
        Assert.Equal(4, folder.Rows.Length);
        Assert.All(
            [folder.Verdicts, folder.Text("verdicts.csv.round.json"), result.Output, result.Error],
            text => Assert.DoesNotContain(number[2..], text.Replace(Sha256(Encoding.UTF8.GetBytes(table)), "", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] Gb18030(string text) => CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(text);
}
