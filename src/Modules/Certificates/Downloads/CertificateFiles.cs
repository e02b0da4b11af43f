using System.Text;
using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Documents;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Regions;
using Platform.Certificates.Issuing;

namespace Platform.Certificates.Downloads;

/// <summary>A certificate as files to keep. Their names say nothing of whose they are.</summary>
internal sealed class CertificateFiles(Region region, Seal seal, HealthCards cards)
{
    public FileContentResult Paper(Certificate certificate, Texts texts) =>
        new(new CertificatePaper(region, texts, certificate, seal).Draw(), "application/pdf") { FileDownloadName = "certificazione-verde.pdf" };

    public FileContentResult Fhir(Certificate certificate) =>
        new(Encoding.UTF8.GetBytes(CertificateBundle.Whole(certificate, region).ToJsonString()), "application/fhir+json") { FileDownloadName = "certificazione-verde.fhir.json" };

    public FileContentResult Summary(Certificate certificate, Texts texts) =>
        new(Encoding.UTF8.GetBytes(SummaryDocument.Of(certificate, region, texts).ToJsonString()), "application/fhir+json") { FileDownloadName = "certificazione-verde.ips.json" };

    public FileContentResult HealthCard(Certificate certificate) =>
        new(HealthCards.File(cards.Sign(certificate, region)), "application/smart-health-card") { FileDownloadName = "certificazione-verde.smart-health-card" };
}
