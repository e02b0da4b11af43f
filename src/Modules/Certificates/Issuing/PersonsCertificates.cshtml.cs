using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Certificates.Issuing;

[Requires(CertificatesModule.Read)]
internal sealed class PersonsCertificatesPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public Guid PatientId { get; set; }

    public PersonsCertificatesAnswer Shown { get; private set; } = null!;

    public async Task OnGetAsync() => Shown = await Ask(new PersonsCertificates(PatientId));
}
