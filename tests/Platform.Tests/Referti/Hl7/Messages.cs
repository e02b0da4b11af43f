using System.Text;
using Platform.Referti.Hl7;

namespace Platform.Tests.Referti.Hl7;

/// <summary>Messages about invented people, changed one thing at a time.</summary>
internal static class Messages
{
    public const string Detected = "260373001^Detected^SCT";
    public const string NotDetected = "260415000^Not detected^SCT";
    public const string Pcr = "94500-6^SARS-CoV-2 RNA^LN";

    public static readonly DateTimeOffset At = new(2021, 3, 4, 5, 6, 7, TimeSpan.FromHours(1));

    public static string Msh(string type = "ORU^R01^ORU_R01", string controlId = "MSG1", string processing = "P", string version = "2.5.1", string charset = "")
        => $@"MSH|^~\&|LIS|LAB|REGIONE|REFERTI|20210301120000||{type}|{controlId}|{processing}|{version}||||||{charset}";

    public const string Pid = "PID|1||FRRLCU85M01L219Z^^^MEF&2.16.840.1.113883.2.9.4.3.2&ISO^NNITA||FERRARIS^LUCA^^^^^L||19850801|M|||VIA ROMA 1^^TORINO^TO^10100^ITA^^^001272";

    public static string Obr(string number = "1", string code = Pcr, string status = "F")
        => $"OBR|{number}|PLACER{number}|FILLER{number}|{code}|||202103011000|||||||||DOC1^VERDI^ANNA||||||20210301120000|||{status}";

    public static string Obx(int number, string test, string value, string type = "CWE", string flag = "", string status = "F", string kind = "")
        => $"OBX|{number}|{type}|{test}||{value}|||{flag}|||{status}||||||||||||||||||{kind}".TrimEnd('|');

    public const string Spm = "SPM|1|SAMPLE1&ORD&2.16.1&ISO^LABSAMPLE1&LAB&2.16.2&ISO||258500001^Nasopharyngeal swab^SCT|||||||||||||202103010930|20210301103000";

    public static string Oru(params string[] observations) => Join([Msh(), Pid, Obr(), .. observations, Spm]);

    public static string Join(params string[] segments) => string.Join('\r', segments) + "\r";

    public static OruReading Read(string message) => OruReader.Read(Hl7Message.Parse(message));

    public static OruReading ReadObservations(params string[] observations) => Read(Oru(observations));

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static IEnumerable<string> Codes(this IEnumerable<Hl7Problem> problems) => problems.Select(problem => problem.Code);
}
