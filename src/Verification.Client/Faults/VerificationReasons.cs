namespace Verification.Client;

/// <summary>
/// The reasons that errors of the service carry, for comparison with <see cref="VerificationFault.Reason"/> and
/// <see cref="FieldViolation.Reason"/>. A later version of the service may have others.
/// </summary>
public static class VerificationReasons
{
    /// <summary>Fields are wrong for different reasons.</summary>
    public const string InvalidFields = "INVALID_FIELDS";

    /// <summary>A field must be there.</summary>
    public const string FieldRequired = "FIELD_REQUIRED";

    /// <summary>A text is no permit number.</summary>
    public const string MalformedPermitNumber = "MALFORMED_PERMIT_NUMBER";

    /// <summary>A text is no number of the identity document.</summary>
    public const string MalformedIdentityNumber = "MALFORMED_IDENTITY_NUMBER";

    /// <summary>A date names no real day.</summary>
    public const string MalformedDate = "MALFORMED_DATE";

    /// <summary>A date lies outside the range allowed.</summary>
    public const string DateOutOfRange = "DATE_OUT_OF_RANGE";

    /// <summary>An enum value is unspecified or unknown.</summary>
    public const string UnknownValue = "UNKNOWN_VALUE";

    /// <summary>A card's edition is below 1.</summary>
    public const string InvalidCardEdition = "INVALID_CARD_EDITION";

    /// <summary>A wish for freshness makes no sense.</summary>
    public const string InvalidFreshness = "INVALID_FRESHNESS";

    /// <summary>A revision is negative.</summary>
    public const string InvalidRevision = "INVALID_REVISION";

    /// <summary>The revisions to leave out after a restore are too few or too many.</summary>
    public const string InvalidJump = "INVALID_JUMP";

    /// <summary>A batch is empty or too large.</summary>
    public const string InvalidBatchSize = "INVALID_BATCH_SIZE";

    /// <summary>A repeated field has more values than the contract allows.</summary>
    public const string TooManyValues = "TOO_MANY_VALUES";

    /// <summary>The field belongs to the batch, not to its items.</summary>
    public const string NotAllowedInBatch = "NOT_ALLOWED_IN_BATCH";

    /// <summary>A caller's name for a request or an import is not of the form required, or changes on the way.</summary>
    public const string InvalidId = "INVALID_ID";

    /// <summary>A request is no whole gRPC message, or no Protocol Buffers message of its type.</summary>
    public const string MalformedMessage = "MALFORMED_MESSAGE";

    /// <summary>A message is compressed in a way that the server does not know.</summary>
    public const string EncodingUnknown = "ENCODING_UNKNOWN";

    /// <summary>The server has no call of this name.</summary>
    public const string MethodUnknown = "METHOD_UNKNOWN";

    /// <summary>A message is larger than the server takes.</summary>
    public const string MessageTooLarge = "MESSAGE_TOO_LARGE";

    /// <summary>A text is too long.</summary>
    public const string TextTooLong = "TEXT_TOO_LONG";

    /// <summary>A text holds a resident identity number, which is kept nowhere.</summary>
    public const string IdentityNumberInText = "IDENTITY_NUMBER_IN_TEXT";

    /// <summary>The asker must bring an identity number with every check.</summary>
    public const string IdentityRequired = "IDENTITY_REQUIRED";

    /// <summary>The identity number is not the permit's, and the asker is told nothing of the permit then.</summary>
    public const string IdentityNotMatched = "IDENTITY_NOT_MATCHED";

    /// <summary>An entitlement lies outside the asker's scope.</summary>
    public const string EntitlementOutOfScope = "ENTITLEMENT_OUT_OF_SCOPE";

    /// <summary>No credential was sent.</summary>
    public const string CredentialMissing = "CREDENTIAL_MISSING";

    /// <summary>The credential is not known, or not trusted.</summary>
    public const string CredentialInvalid = "CREDENTIAL_INVALID";

    /// <summary>The credential's time has not come.</summary>
    public const string CredentialNotYetValid = "CREDENTIAL_NOT_YET_VALID";

    /// <summary>The credential's time is over.</summary>
    public const string CredentialExpired = "CREDENTIAL_EXPIRED";

    /// <summary>The credential was taken back.</summary>
    public const string CredentialRevoked = "CREDENTIAL_REVOKED";

    /// <summary>The consumer lacks the role that the call needs.</summary>
    public const string RoleMissing = "ROLE_MISSING";

    /// <summary>The consumer may not send batches or streams.</summary>
    public const string BatchesNotAllowed = "BATCHES_NOT_ALLOWED";

    /// <summary>The consumer's budget of checks is used up.</summary>
    public const string RateExceeded = "RATE_EXCEEDED";

    /// <summary>The consumer has asked for too many unknown numbers.</summary>
    public const string UnknownBudgetExhausted = "UNKNOWN_BUDGET_EXHAUSTED";

    /// <summary>The consumer was wrong too often about a permit's identity numbers or card edition.</summary>
    public const string GuessBudgetExhausted = "GUESS_BUDGET_EXHAUSTED";

    /// <summary>The consumer has too many streams open.</summary>
    public const string StreamsExhausted = "STREAMS_EXHAUSTED";

    /// <summary>The node has as much to do as it takes on.</summary>
    public const string Overloaded = "OVERLOADED";

    /// <summary>The registry did not answer in the time that the call has.</summary>
    public const string RegistrySlow = "REGISTRY_SLOW";

    /// <summary>The registry has not reached the revision asked for, or lost it when a backup was restored.</summary>
    public const string RevisionUnknown = "REVISION_UNKNOWN";

    /// <summary>There is no rulebook of that version.</summary>
    public const string RulebookUnknown = "RULEBOOK_UNKNOWN";

    /// <summary>The caller's request of this id recorded another event.</summary>
    public const string RequestIdReused = "REQUEST_ID_REUSED";

    /// <summary>An import of this id has loaded another file.</summary>
    public const string ImportIdReused = "IMPORT_ID_REUSED";

    /// <summary>Another call imports the same file.</summary>
    public const string ImportInProgress = "IMPORT_IN_PROGRESS";

    /// <summary>The registry could not answer.</summary>
    public const string RegistryUnavailable = "REGISTRY_UNAVAILABLE";

    /// <summary>What is known of the registry is older than the caller allows.</summary>
    public const string RegistryStale = "REGISTRY_STALE";

    /// <summary>Nothing was ever recorded in the registry.</summary>
    public const string RegistryEmpty = "REGISTRY_EMPTY";

    /// <summary>What the registry lies in was deleted, moved or replaced while it was open.</summary>
    public const string RegistryReplaced = "REGISTRY_REPLACED";

    /// <summary>What would be answered cannot be recorded, so that there is no answer.</summary>
    public const string AuditUnavailable = "AUDIT_UNAVAILABLE";

    /// <summary>This node's clock cannot be right, so that it cannot tell what day it is.</summary>
    public const string ClockSkewed = "CLOCK_SKEWED";

    /// <summary>A text is no check_id.</summary>
    public const string MalformedCheckId = "MALFORMED_CHECK_ID";

    /// <summary>An instant names none that there is.</summary>
    public const string MalformedInstant = "MALFORMED_INSTANT";

    /// <summary>An interval ends before it begins.</summary>
    public const string InvalidInterval = "INVALID_INTERVAL";

    /// <summary>A page's size is negative.</summary>
    public const string InvalidPageSize = "INVALID_PAGE_SIZE";

    /// <summary>A page's token is not one of this search.</summary>
    public const string InvalidPageToken = "INVALID_PAGE_TOKEN";

    /// <summary>A sample is one in fewer than none.</summary>
    public const string InvalidSample = "INVALID_SAMPLE";

    /// <summary>There is no such check, or it is another consumer's.</summary>
    public const string CheckUnknown = "CHECK_UNKNOWN";

    /// <summary>What was answered last may not have reached the audit database yet, or it cannot be reached.</summary>
    public const string AuditBehind = "AUDIT_BEHIND";

    /// <summary>The issuer of tokens does not answer, so that no token can be told from another.</summary>
    public const string IssuerUnavailable = "ISSUER_UNAVAILABLE";

    /// <summary>Nobody could tell whether the certificate was revoked.</summary>
    public const string RevocationUnknown = "REVOCATION_UNKNOWN";

    /// <summary>The server is stopping; ask another, or again soon.</summary>
    public const string ShuttingDown = "SHUTTING_DOWN";

    /// <summary>The caller went away.</summary>
    public const string Cancelled = "CANCELLED";

    /// <summary>The caller's deadline has passed.</summary>
    public const string DeadlineExceeded = "DEADLINE_EXCEEDED";

    /// <summary>A fault of the server's own.</summary>
    public const string Internal = "INTERNAL";

    /// <summary>Of an event to record: not a JSON object with the strings <c>permit</c>, <c>event</c> and <c>on</c>.</summary>
    public const string MalformedLine = "MALFORMED_LINE";

    /// <summary>Of an event to record: there is no event of that name.</summary>
    public const string UnknownEvent = "UNKNOWN_EVENT";

    /// <summary>Of an event to record: <c>permit</c> is no permit number.</summary>
    public const string MalformedNumber = "MALFORMED_NUMBER";

    /// <summary>Of an event to record: a field that the event requires is missing.</summary>
    public const string MissingField = "MISSING_FIELD";

    /// <summary>Of an event to record: a field's value is not among those allowed.</summary>
    public const string InvalidField = "INVALID_FIELD";

    /// <summary>Of an event to record: the permit's first effective event is not its issue.</summary>
    public const string NotIssued = "NOT_ISSUED";

    /// <summary>Of an event to record: the permit is issued already.</summary>
    public const string AlreadyIssued = "ALREADY_ISSUED";

    /// <summary>Of an event to record: the event's date is before the permit's last effective event, or an annulment's before its target's.</summary>
    public const string OutOfOrder = "OUT_OF_ORDER";

    /// <summary>Of an event to record: permits of that kind have no such event.</summary>
    public const string WrongKind = "WRONG_KIND";

    /// <summary>Of an event to record: the permit is cancelled or exchanged.</summary>
    public const string AlreadyCancelled = "ALREADY_CANCELLED";

    /// <summary>Of an event to record: the permit's term is over for good.</summary>
    public const string Lapsed = "LAPSED";

    /// <summary>Of an event to record: another rule of policy §3 to §7a does not admit the event.</summary>
    public const string NotAdmissible = "NOT_ADMISSIBLE";

    /// <summary>A JSON message names a field that its type does not have.</summary>
    public const string UnknownField = "UNKNOWN_FIELD";

    /// <summary>A JSON value is not of its field's type, or not of the form of that.</summary>
    public const string MalformedValue = "MALFORMED_VALUE";

    /// <summary>A JSON message sets a field twice, or two of which it may set one.</summary>
    public const string FieldRepeated = "FIELD_REPEATED";

    /// <summary>A request by HTTP has a body that is not JSON.</summary>
    public const string ContentTypeUnknown = "CONTENT_TYPE_UNKNOWN";

    /// <summary>A path does not take requests by this HTTP method.</summary>
    public const string HttpMethodNotAllowed = "HTTP_METHOD_NOT_ALLOWED";

    /// <summary>
    /// The client's own word, in the domain <see cref="VerificationFault.ClientDomain"/>: what came is no answer to the question, so it is none.
    /// </summary>
    public const string AnswerMismatch = "ANSWER_MISMATCH";
}
