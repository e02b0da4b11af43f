using System.Diagnostics;
using System.Formats.Cbor;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Platform.Certificates.Hcert;
using Platform.Certificates.Verification;

namespace Platform.Tests.Certificates;

public sealed class HcertTests : IDisposable
{
    private static readonly DateTime Issued = new(2021, 11, 15, 9, 0, 0, DateTimeKind.Utc);

    private readonly Keys keys = new();

    public void Dispose() => keys.Dispose();

    /// <summary>RFC 9285, sections 4.3 and 4.4.</summary>
    [Theory]
    [InlineData("AB", "BB8")]
    [InlineData("Hello!!", "%69 VD92EX0")]
    [InlineData("base-45", "UJCLQE7W581")]
    [InlineData("ietf!", "QED8WEX0")]
    [InlineData("", "")]
    public void Base_45_is_the_one_of_the_standard(string text, string encoded)
    {
        Assert.Equal(encoded, Base45.Encode(Encoding.ASCII.GetBytes(text)));
        Assert.Equal(text, Encoding.ASCII.GetString(Base45.Decode(encoded)!));
    }

    [Theory]
    [InlineData("A")]
    [InlineData("BB8A")]
    [InlineData("GGX")]
    [InlineData(":::")]
    [InlineData("::")]
    [InlineData("bb8")]
    [InlineData("BBà")]
    public void What_is_not_base_45_is_refused(string text) => Assert.Null(Base45.Decode(text));

    [Fact]
    public void Every_sequence_of_bytes_comes_back() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>(), bytes => Base45.Decode(Base45.Encode(bytes))!.AsSpan().SequenceEqual(bytes)));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_written_is_read_and_the_signature_holds(bool rsa)
    {
        using var key = keys.Make(null, rsa);
        foreach (var payload in new[] { Payloads.Vaccination("Ștefănescu", "Ђорђе"), Payloads.Test(), Payloads.Recovery() })
        {
            var read = HcertReader.Read(Keys.Write(payload, key, Issued));
            Assert.NotNull(read);
            Assert.Equal(("IT", Issued, Issued.AddYears(1)), (read.Issuer, read.IssuedAt, read.ExpiresAt));
            Assert.Equal(key.Kid, read.Kid);
            Assert.Equal((payload.Name.FamilyName, payload.Name.FamilyNameInMrz, payload.BirthDate, payload.Uvci), (read.Dcc.FamilyName, read.Dcc.FamilyNameInMrz, read.Dcc.BirthDate, read.Dcc.Uvci));
            Assert.Equal(payload.Kind.ToString(), read.Dcc.Kind, ignoreCase: true);
            Assert.True(CoseSignature.Verifies(key.Certificate, read.Algorithm, read.ToBeSigned, read.Signature));
            read.Signature[3] ^= 1;
            Assert.False(CoseSignature.Verifies(key.Certificate, read.Algorithm, read.ToBeSigned, read.Signature));
        }
    }

    /// <summary>The specification lets issuers choose; verifiers take them all.</summary>
    [Fact]
    public void Tags_and_headers_of_every_kind_are_read()
    {
        using var key = keys.Make(null);
        var claims = HcertWriter.Claims(Payloads.Vaccination(), Issued, Issued.AddDays(1));
        byte[] other = [9, 9, 9, 9, 9, 9, 9, 9];
        foreach (var tags in new ulong[][] { [], [18], [61, 18], [61] })
        {
            foreach (var (inside, outside) in new[] { (key.Kid, (byte[]?)null), (null, key.Kid), (key.Kid, other), (null, null) })
            {
                var read = HcertReader.Read(Forge(key, claims, tags, inside, outside));
                Assert.NotNull(read);
                Assert.Equal(inside ?? outside, read.Kid);
                Assert.True(CoseSignature.Verifies(key.Certificate, read.Algorithm, read.ToBeSigned, read.Signature));
            }
        }

        Assert.Null(HcertReader.Read(Forge(key, claims, [98], key.Kid, null)));
    }

    [Fact]
    public async Task Implementations_that_are_not_ours_read_all_three_kinds()
    {
        using SigningKey elliptic = keys.Make(null), rsa = keys.Make(null, rsa: true);
        (string Family, string Given, string FamilyInMrz, string GivenInMrz)[] people =
        [
            ("d'Červenková Panklová", "Jiřina-Maria Alena", "DCERVENKOVA<PANKLOVA", "JIRINA<MARIA<ALENA"),
            ("Зеленський", "Юрій", "ZELENSKYI", "YURII"),
            ("عبد الرحمن", "عائشة", "EBD<ALRXHMN", "EAXIXSHXAH"),
            ("Țîrlea Müller", "Nicolò", "TIRLEA<MUELLER", "NICOLO"),
        ];
        var written = (from person in people
                       from make in new Func<string, string, DccPayload>[] { (f, g) => Payloads.Vaccination(f, g), (f, g) => Payloads.Test(f, g), (f, g) => Payloads.Recovery(f, g) }
                       from key in new[] { elliptic, rsa }
                       select (person, key, payload: make(person.Family, person.Given))).ToList();
        var texts = written.Select(w => new { text = Keys.Write(w.payload, w.key, Issued), key = Keys.Jwk(w.key.Certificate) });
        // The last one is signed by another key than it is checked with.
        var answers = await Decode([.. texts, new { text = Keys.Write(Payloads.Vaccination(), elliptic, Issued), key = Keys.Jwk(keys.Make(null).Certificate) }]);

        Assert.Contains("issmatch", answers[^1].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(24, written.Count);
        foreach (var ((person, key, payload), said) in written.Zip(answers))
        {
            Assert.False(said.TryGetProperty("error", out var error), error.ToString());
            Assert.Equal(("IT", 1636966800L, 1668502800L), (said.GetProperty("issuer").GetString(), said.GetProperty("issuedAt").GetInt64(), said.GetProperty("expiresAt").GetInt64()));
            Assert.Equal((int)key.Algorithm, said.GetProperty("header").GetProperty("1").GetInt32());
            Assert.Equal(Convert.ToBase64String(key.Kid), said.GetProperty("header").GetProperty("4").GetString());
            var dcc = said.GetProperty("dcc");
            var name = dcc.GetProperty("nam");
            Assert.Equal((person.Family, person.FamilyInMrz, person.Given, person.GivenInMrz),
                (name.GetProperty("fn").GetString(), name.GetProperty("fnt").GetString(), name.GetProperty("gn").GetString(), name.GetProperty("gnt").GetString()));
            Assert.Equal(("1.3.0", "1979-04-14"), (dcc.GetProperty("ver").GetString(), dcc.GetProperty("dob").GetString()));
            var entry = dcc.GetProperty(payload.Kind switch { DccKind.Vaccination => "v", DccKind.Test => "t", _ => "r" }).EnumerateArray().Single();
            Assert.Equal(Expected(payload), entry.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ToString()));
        }
    }

    [Fact]
    public void No_text_raises_anything_but_a_clean_refusal()
    {
        using var key = keys.Make(null);
        var good = Keys.Write(Payloads.Vaccination(), key, Issued);
        var claims = HcertWriter.Claims(Payloads.Vaccination(), Issued, Issued.AddDays(1));
        var cose = HcertWriter.Envelope(HcertWriter.ProtectedHeader(key.Kid, key.Algorithm), claims, new byte[64]);
        var config = Config.QuickThrowOnFailure.WithMaxTest(2000);
        Check.One(config, Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text => { HcertReader.Read(text); HcertReader.Read("HC1:" + text); }));
        Check.One(config, Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            HcertReader.Read("HC1:" + Base45.Encode(bytes));
            HcertReader.Read("HC1:" + Base45.Encode([0x78, 0x9C, .. bytes]));
            HcertReader.Read(HcertWriter.Pack(bytes));
        }));
        // Characters of the text, bytes of what is packed, bytes of the claims: each layer in turn.
        var changes = from place in Gen.Choose(0, 2000) from value in Gen.Choose(0, 255) from kind in Gen.Choose(0, 2) select (place, value, kind);
        Check.One(config, Prop.ForAll(Gen.ListOf(changes, 4).ToArbitrary(), list =>
        {
            HcertReader.Read(new string([.. Changed([.. good.Select(c => (byte)c)], list).Select(b => (char)b)]));
            HcertReader.Read(HcertWriter.Pack(Changed(cose, list)));
            HcertReader.Read(HcertWriter.Pack(HcertWriter.Envelope(HcertWriter.ProtectedHeader(key.Kid, key.Algorithm), Changed(claims, list), new byte[64])));
        }));
    }

    [Fact]
    public void What_is_too_much_or_of_the_wrong_form_is_refused()
    {
        using var key = keys.Make(null);
        var good = Keys.Write(Payloads.Vaccination(), key, Issued);
        Assert.NotNull(HcertReader.Read(" " + good + "\n"));
        Assert.Null(HcertReader.Read(null));
        Assert.Null(HcertReader.Read(""));
        Assert.Null(HcertReader.Read(good[4..]));
        Assert.Null(HcertReader.Read("HC2:" + good[4..]));
        Assert.Null(HcertReader.Read(good + new string('0', HcertReader.LongestText)));
        // A hundred bytes that unpack to a mountain.
        Assert.Null(HcertReader.Read(HcertWriter.Pack(new byte[1_000_000])));
        // Maps in maps in maps.
        Assert.Null(HcertReader.Read(HcertWriter.Pack([.. Enumerable.Repeat((byte)0xA1, 60_000)])));
        Assert.Null(HcertReader.Read(HcertWriter.Pack([.. Enumerable.Repeat((byte)0x81, 60_000)])));
        // Two entries, or none.
        Assert.Null(HcertReader.Read(Forge(key, Claims(c => c.WriteInt32(0)), [18], key.Kid, null)));
        // Times beyond all calendars.
        foreach (var time in new Action<CborWriter>[] { c => c.WriteInt64(long.MaxValue), c => c.WriteInt64(long.MinValue), c => c.WriteDouble(double.NaN), c => c.WriteDouble(1e300), c => c.WriteTextString("now"), c => c.WriteNull() })
            Assert.Null(HcertReader.Read(Forge(key, Claims(null, time), [18], key.Kid, null)));
    }

    /// <summary>A claims set with this in place of the certificate, or of its expiry.</summary>
    private static byte[] Claims(Action<CborWriter>? dcc, Action<CborWriter>? expires = null)
    {
        var cbor = new CborWriter();
        cbor.WriteStartMap(2);
        cbor.WriteInt32(Cose.ExpiresAt);
        (expires ?? (c => c.WriteInt64(1_700_000_000)))(cbor);
        cbor.WriteInt32(Cose.Hcert);
        cbor.WriteStartMap(1);
        cbor.WriteInt32(1);
        (dcc ?? (c => { c.WriteStartMap(0); c.WriteEndMap(); }))(cbor);
        cbor.WriteEndMap();
        cbor.WriteEndMap();
        return cbor.Encode();
    }

    private static byte[] Changed(byte[] bytes, IEnumerable<(int Place, int Value, int Kind)> changes)
    {
        var changed = bytes.ToList();
        foreach (var (place, value, kind) in changes)
        {
            var at = place % (changed.Count + 1);
            if (kind == 0 || at == changed.Count)
                changed.Insert(at, (byte)value);
            else if (kind == 1)
                changed[at] = (byte)value;
            else
                changed.RemoveAt(at);
        }

        return [.. changed];
    }

    private static string Forge(SigningKey key, byte[] claims, ulong[] tags, byte[]? inside, byte[]? outside)
    {
        static byte[] Header(byte[]? kid, bool algorithm)
        {
            var header = new CborWriter();
            header.WriteStartMap((algorithm ? 1 : 0) + (kid is null ? 0 : 1));
            if (algorithm)
            {
                header.WriteInt32(Cose.Algorithm);
                header.WriteInt32((int)CoseAlgorithm.Es256);
            }

            if (kid is not null)
            {
                header.WriteInt32(Cose.Kid);
                header.WriteByteString(kid);
            }

            header.WriteEndMap();
            return header.Encode();
        }

        var protectedHeader = Header(inside, algorithm: true);
        var cbor = new CborWriter();
        foreach (var tag in tags)
            cbor.WriteTag((CborTag)tag);
        cbor.WriteStartArray(4);
        cbor.WriteByteString(protectedHeader);
        cbor.WriteEncodedValue(Header(outside, algorithm: false));
        cbor.WriteByteString(claims);
        cbor.WriteByteString(key.Sign(HcertWriter.ToBeSigned(protectedHeader, claims)));
        cbor.WriteEndArray();
        return HcertWriter.Pack(cbor.Encode());
    }

    private static Dictionary<string, string> Expected(DccPayload payload) => payload switch
    {
        { Vaccination: not null } => new()
        {
            ["tg"] = "840539006", ["vp"] = "1119349007", ["mp"] = "EU/1/20/1528", ["ma"] = "ORG-100030215", ["dn"] = "2", ["sd"] = "2", ["dt"] = "2021-10-01",
            ["co"] = "IT", ["is"] = "Ministero della Salute", ["ci"] = Payloads.Uvci,
        },
        { Test: not null } => new()
        {
            ["tg"] = "840539006", ["tt"] = "LP6464-4", ["nm"] = "RT-PCR", ["sc"] = "2021-11-14T09:00:00Z", ["tr"] = "260415000", ["tc"] = "Laboratorio di prova",
            ["co"] = "IT", ["is"] = "Ministero della Salute", ["ci"] = Payloads.Uvci,
        },
        _ => new()
        {
            ["tg"] = "840539006", ["fr"] = "2021-10-01", ["df"] = "2021-10-12", ["du"] = "2022-03-30", ["co"] = "IT", ["is"] = "Ministero della Salute", ["ci"] = Payloads.Uvci,
        },
    };

    private static async Task<List<JsonElement>> Decode(IEnumerable<object> certificates)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder!.FullName, "tests", "CertificateDecoder")))
            folder = folder.Parent;
        using var node = Process.Start(new ProcessStartInfo("node", "decode.mjs")
        {
            WorkingDirectory = Path.Combine(folder.FullName, "tests", "CertificateDecoder"), RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false), StandardOutputEncoding = Encoding.UTF8,
        })!;
        await node.StandardInput.WriteAsync(JsonSerializer.Serialize(certificates));
        node.StandardInput.Close();
        var (said, wrong) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, await wrong);
        return JsonSerializer.Deserialize<List<JsonElement>>(await said)!;
    }
}
