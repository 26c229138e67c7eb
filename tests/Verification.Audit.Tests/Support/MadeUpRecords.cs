using System.Collections.Immutable;
using System.Globalization;
using Verification.Audit.Records;
using Verification.Core.Permits;
using Verification.Core.Rules.Codes;

namespace Verification.Audit.Tests.Support;

/// <summary>Records as a node makes them, by a seed: a lottery's night, a clerk's day, and a mixture of everything.</summary>
internal sealed class MadeUpRecords(int seed)
{
    private static readonly DateTimeOffset Night = new(2026, 4, 30, 15, 30, 0, TimeSpan.Zero);
    private static readonly ImmutableArray<Entitlement> Vehicle = [Entitlement.VehicleLottery, Entitlement.DrivingLicence, Entitlement.VehicleRegistration];
    private static readonly ImmutableArray<Entitlement> Housing = [Entitlement.HomePurchase, Entitlement.AffordableHousing];
    private static readonly IdentityDigester Digester = new(new byte[32]);

    private readonly Random _random = new(seed);

    /// <summary>A lottery's checks: batches of a thousand at one revision, each with the applicant's number, the permits in no order.</summary>
    public IEnumerable<AuditRecord> Lottery(int count)
    {
        var consumer = new AuditConsumer("vehicle-lottery-office", ConsumerClass.VehicleLottery);
        var instant = Night;
        var message = Guid.Empty;
        for (var i = 0; i < count; i++)
        {
            if (i % 1000 == 0)
            {
                instant = instant.AddMicroseconds(_random.Next(30_000, 60_000));
                message = Message(instant);
            }

            var number = Permit();
            var answer = Answer(Pick(92) ? SubjectMatch.Matched : SubjectMatch.NotMatched, CardMatch.NotChecked);
            yield return new AuditRecord
            {
                CheckId = new CheckId(message, i % 1000),
                Instant = instant,
                Call = AuditCall.BatchItem,
                Consumer = consumer,
                Number = number,
                AsOf = new DateOnly(2026, 5, 1),
                KnownAt = 41_293_877,
                Role = SubjectRole.Holder,
                Entitlements = Vehicle,
                Identity = Identity(number),
                Answer = answer,
                Decisions = Decisions(Vehicle, answer),
                Provenance = new AuditProvenance(41_293_877, Night.AddMinutes(-20), "2026.2"),
            };
        }
    }

    /// <summary>Clerks' checks: one at a time, twenty a second, most with a number, some with a card; two in three permits seen before.</summary>
    public IEnumerable<AuditRecord> Clerks(int count)
    {
        var instant = Night;
        var polled = Night;
        var revision = 41_293_877L;
        for (var i = 0; i < count; i++)
        {
            instant = instant.AddMicroseconds(_random.Next(1_000, 99_000));
            if (instant - polled > TimeSpan.FromSeconds(1))
            {
                polled = instant.AddMicroseconds(-_random.Next(1_000, 20_000));
                revision += _random.Next(3);
            }

            var number = Permit();
            var hasIdentity = Pick(70);
            var hasCard = Pick(40);
            var answer = Answer(
                hasIdentity ? SubjectMatch.Matched : SubjectMatch.NotChecked, hasCard ? CardMatch.Current : CardMatch.NotChecked);
            yield return new AuditRecord
            {
                CheckId = new CheckId(Message(instant)),
                Instant = instant,
                Call = AuditCall.Check,
                Consumer = new AuditConsumer($"housing-registry-{_random.Next(1, 17):D2}", ConsumerClass.HousingRegistry),
                Number = number,
                AsOf = new DateOnly(2026, 4, 30),
                Role = Pick(85) ? SubjectRole.Holder : SubjectRole.Spouse,
                CardEdition = hasCard ? _random.Next(1, 3) : null,
                Entitlements = Housing,
                Identity = hasIdentity ? Identity(number) : null,
                Answer = answer,
                Decisions = Decisions(Housing, answer),
                Provenance = new AuditProvenance(revision, polled, "2026.2"),
            };
        }
    }

    /// <summary>Every kind of record but the log's own, with every field, in any combination.</summary>
    public IEnumerable<AuditRecord> Mixture(int count)
    {
        var instant = Night;
        var message = Message(instant);
        for (var i = 0; i < count; i++)
        {
            instant = instant.AddMicroseconds(_random.Next(-5_000, 50_000));
            message = Pick(40) ? message : Pick(50) ? Message(instant) : AnyGuid();
            var number = Permit();
            var entitlements = Some(0, 19).Select(code => (Entitlement)code).ToImmutableArray();
            yield return new AuditRecord
            {
                CheckId = new CheckId(message, Pick(50) ? _random.Next(1000) : null),
                Instant = instant,
                Call = (AuditCall)_random.Next(1, 16),
                Consumer = Pick(90) ? new AuditConsumer($"消费者-{_random.Next(40)}", (ConsumerClass)_random.Next(1, 5)) : null,
                Number = Pick(90) ? number : null,
                AsOf = Pick(80) ? Day() : null,
                Through = Pick(20) ? Day() : null,
                KnownAt = Pick(20) ? _random.NextInt64(50_000_000) : null,
                Role = Pick(70) ? (SubjectRole)_random.Next(1, 5) : null,
                CardEdition = Pick(20) ? _random.Next(1, 20) : null,
                Entitlements = entitlements,
                Identity = Pick(60) ? Identity(number) : null,
                Answer = Pick(70)
                    ? Answer((SubjectMatch)_random.Next(1, 4), (CardMatch)_random.Next(1, 5)) with
                    {
                        FirstNotValid = Pick(20) ? (Day(), (PermitStatus)_random.Next(1, 7)) : null,
                    }
                    : null,
                Decisions = [.. entitlements.Where(_ => Pick(70)).Select(it => new EntitlementDecision(it, (Decision)_random.Next(1, 4), (Basis)_random.Next(1, 11)))],
                Provenance = Pick(80) ? new AuditProvenance(_random.NextInt64(50_000_000), instant.AddMicroseconds(-_random.Next(5_000_000)), Pick(50) ? "2026.1" : "2026.2") : null,
                Refusal = Pick(15) ? new AuditRefusal(Pick(50) ? "RATE_EXCEEDED" : "MALFORMED_PERMIT_NUMBER", _random.Next(1, 10_000)) : null,
                Reference = Pick(30) ? AuditText.Of($"案卷 {_random.Next(1_000_000)}") : default,
                Note = Pick(10) ? AuditText.Of("from 2026-01-01, by consumer") : default,
            };
        }
    }

    private bool Pick(int percent) => _random.Next(100) < percent;

    private DateOnly Day() => new DateOnly(2000, 1, 1).AddDays(_random.Next(12_000));

    private IEnumerable<int> Some(int least, int most) =>
        Enumerable.Range(1, 18).Where(_ => _random.Next(most) > least + 8);

    private Guid AnyGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }

    /// <summary>As the runtime makes one, but by the seed.</summary>
    private Guid Message(DateTimeOffset instant)
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        var milliseconds = instant.ToUnixTimeMilliseconds();
        for (var place = 5; place >= 0; place--, milliseconds >>= 8)
        {
            bytes[place] = (byte)milliseconds;
        }

        bytes[6] = (byte)(0x70 | (bytes[6] & 0xF));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }

    private PermitNumber Permit() => PermitNumber.Parse(
        string.Create(CultureInfo.InvariantCulture, $"BJ{_random.Next(2018, 2027)}{_random.Next(1_000_000):D6}"));

    /// <summary>A digest is as random as its number is unknown.</summary>
    private AuditIdentity Identity(PermitNumber number)
    {
        var person = (IdentityNumber)MadeUpPerson(_random.Next());
        return new AuditIdentity(person.Document, Digester.Digest(number, SubjectRole.Holder, person));
    }

    private static IdentityNumber MadeUpPerson(int person) =>
        IdentityNumber.TryParse(IdentityDocument.Passport, string.Create(CultureInfo.InvariantCulture, $"E{person:D10}"), out var number)
            ? number
            : throw new InvalidOperationException();

    private AuditAnswer Answer(SubjectMatch subject, CardMatch card)
    {
        var standing = _random.Next(100) switch
        {
            < 70 => new Standing(PermitStatus.Valid, StatusReasons.None),
            < 80 => new Standing(PermitStatus.Valid, StatusReasons.InspectionPending),
            < 87 => new Standing(PermitStatus.Frozen, StatusReasons.InspectionMissed),
            < 93 => new Standing(PermitStatus.Expired, StatusReasons.ExpiredRenewable),
            < 97 => new Standing(PermitStatus.Cancelled, StatusReasons.Cancelled),
            _ => new Standing(PermitStatus.NotFound, StatusReasons.None),
        };
        return new AuditAnswer(standing, subject, card, null);
    }

    private static ImmutableArray<EntitlementDecision> Decisions(ImmutableArray<Entitlement> entitlements, in AuditAnswer answer)
    {
        var (decision, basis) = answer.SubjectMatch == SubjectMatch.NotMatched ? (Decision.NotConferred, Basis.SubjectMismatch)
            : answer.Standing.Status != PermitStatus.Valid ? (Decision.NotConferred, Basis.PermitStatus)
            : (Decision.Conferred, Basis.CitizenTreatment);
        return [.. entitlements.Select(entitlement => new EntitlementDecision(entitlement, decision, basis))];
    }
}
