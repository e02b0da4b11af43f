using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;

namespace Platform.Referti.LabMessages;

/// <summary>Whose the messages are: the laboratory of the key, whatever they say of themselves.</summary>
internal static class SendingLab
{
    public static string Of(ICurrentUser user, string permission = RefertiModule.Send)
    {
        var labs = user.ScopesOf(permission).Where(s => s.Kind == ScopeKind.Lab).Select(s => s.Code).Distinct().ToList();
        return labs.Count == 1
            ? labs[0]
            : throw new Refusal("no-laboratory", "La chiave non è di un solo laboratorio.") { Kind = RefusalKind.Forbidden };
    }
}
