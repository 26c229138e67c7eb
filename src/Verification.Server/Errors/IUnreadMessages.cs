namespace Verification.Server.Errors;

/// <summary>Is told of messages that were refused for their size or form before a call could take what they cost.</summary>
internal interface IUnreadMessages
{
    /// <summary>A message was refused unread.</summary>
    void Refused(HttpContext context);
}
