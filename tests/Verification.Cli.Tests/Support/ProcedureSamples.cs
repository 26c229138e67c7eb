using Permits.Registry.V1;
using Permits.Verification.V1;

namespace Verification.Cli.Tests.Support;

/// <summary>Answers to what may be filed, as the service gives them.</summary>
internal static class ProcedureSamples
{
    /// <summary>One procedure of each standing: open for good, open for now, closed for now and closed for good.</summary>
    public static GetProceduresResponse Pending()
    {
        var answer = new GetProceduresResponse
        {
            PermitNumber = "BJ2024000017",
            Kind = PermitKind.WorkResidencePermit,
            Status = PermitStatus.Valid,
            AsOf = Samples.Day(2026, 4, 11),
            Provenance = Samples.Provenance(),
        };
        answer.Procedures.Add(Renewal("Renewal is admissible from 2027-02-05.", opens: Samples.Day(2027, 2, 5)));
        answer.Procedures.Add(new ProcedureOpening
        {
            Procedure = new Procedure { Code = "INSPECTION_ONLINE", NameZh = "年检", FiledBy = "employer", FiledByZh = "聘用单位", Place = "online", PlaceZh = "网上", Source = "[A §5.2]" },
            Open = true,
            ClosesOn = Samples.Day(2026, 5, 1),
        });
        answer.Procedures.Add(new ProcedureOpening
        {
            Procedure = new Procedure { Code = "DEFERRAL", NameZh = "个人延期注销", FiledBy = "holder", FiledByZh = "持证人", Place = "district bureau", PlaceZh = "区局", Source = "[A §3.4]" },
            WhyNot = "No employment has ended.",
        });
        answer.Procedures.Add(new ProcedureOpening
        {
            Procedure = new Procedure { Code = "REISSUE", NameZh = "补办", FiledBy = "employer", FiledByZh = "聘用单位", Place = "online", PlaceZh = "网上", Source = "[A §1.5]" },
            Open = true,
        });
        return answer;
    }

    /// <summary>Of a number that the registry does not know.</summary>
    public static GetProceduresResponse NotFound() => new()
    {
        Status = PermitStatus.NotFound,
        AsOf = Samples.Day(2026, 4, 11),
        Procedures = { new ProcedureOpening { Procedure = new Procedure { Code = "ISSUE", NameZh = "申请办理", FiledBy = "employer", Place = "online" }, Open = true } },
        Provenance = Samples.Provenance(),
    };

    /// <summary>The renewal with a text of its own wherever there is one.</summary>
    public static ProcedureOpening With(string text) => new()
    {
        Procedure = new Procedure
        {
            Code = "CODE_" + text,
            NameZh = text,
            FiledBy = text,
            FiledByZh = text,
            Place = text,
            PlaceZh = text,
            Source = text,
            Materials = { new Material { Text = text, TextZh = text } },
        },
        WhyNot = text,
        OpensOn = Samples.Day(2027, 2, 5),
    };

    private static ProcedureOpening Renewal(string whyNot, Google.Type.Date opens) => new()
    {
        Procedure = new Procedure
        {
            Code = "RENEWAL",
            NameZh = "续签",
            FiledBy = "employer",
            FiledByZh = "聘用单位",
            Place = "online, then the district bureau",
            PlaceZh = "网上申报，后到区局",
            Source = "[A §3.3]",
            Materials = { new Material { Text = "business licence", TextZh = "营业执照" }, new Material { Text = "the permit", TextZh = "工作居住证" } },
        },
        WhyNot = whyNot,
        OpensOn = opens,
    };
}
