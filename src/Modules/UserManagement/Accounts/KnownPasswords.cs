using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;

namespace Platform.UserManagement.Accounts;

/// <summary>Refuses what others would try first (NIST SP 800-63B 5.1.1.2; OWASP ASVS 2.1.7): obvious words, names of the platform, of the region and
/// of its holder, with years and rows of digits put to them; and what is in the file of stolen passwords of <c>Accounts:StolenPasswords</c>.</summary>
internal sealed class KnownPasswords(Region region, IConfiguration configuration, IHostEnvironment environment) : IPasswordValidator<Account>
{
    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password)
    {
        var own = SearchText.Of($"{user.DisplayName} {user.UserName} {user.Email?.Split('@')[0]}").Split(' ');
        var wrong = new List<IdentityError>();
        if (ObviousPassword.Is(password ?? "", [.. own, .. ObviousPassword.WordsOf(region)]))
            wrong.Add(ItalianIdentityErrors.Say("PasswordObvious", "È fra le password che si provano per prime: nomi, parole note, anni e cifre in fila. Ne scelga un’altra, per esempio una frase."));
        else if (configuration["Accounts:StolenPasswords"] is { Length: > 0 } file && StolenPasswords.Has(HomeFolder.Resolve(environment, file), password ?? ""))
            wrong.Add(ItalianIdentityErrors.Say("PasswordStolen", "Questa password è fra quelle rubate ad altri siti: chi attacca la prova. Ne scelga un’altra."));
        return Task.FromResult(wrong.Count == 0 ? IdentityResult.Success : IdentityResult.Failed([.. wrong]));
    }
}

/// <summary>What is left of a password once known words, years, runs and repetitions are taken away.</summary>
internal static partial class ObviousPassword
{
    /// <summary>So many characters must remain: fewer are tried in a moment.</summary>
    private const int Enough = 4;

    private const int ShortestWord = 3;

    private static readonly string[] Words =
    [
        "PASSWORD", "PASSWD", "PAROLACHIAVE", "PAROLA", "CHIAVE", "SEGRETA", "SEGRETO", "SECRET", "QWERTYUIOP", "QWERTY", "AZERTY", "ASDFGHJKL", "ASDFGH", "ZXCVBNM", "QAZWSX",
        "ADMINISTRATOR", "AMMINISTRATORE", "ADMIN", "UTENTE", "USER", "LOGIN", "ACCESSO", "ACCEDI", "BENVENUTO", "BENVENUTI", "WELCOME", "LETMEIN", "CAMBIAMI", "CHANGEME", "DEFAULT",
        "PROVA", "TEST", "CIAO", "AMORE", "TIAMO", "ILOVEYOU", "FORZA", "JUVENTUS", "JUVE", "MILAN", "INTER", "NAPOLI", "ITALIA", "MONKEY", "DRAGON", "MASTER", "SUPERMAN", "BATMAN",
        "PRINCIPESSA", "SUNSHINE", "FOOTBALL", "CALCIO", "PRIMAVERA", "ESTATE", "AUTUNNO", "INVERNO", "GENNAIO", "FEBBRAIO", "MARZO", "APRILE", "MAGGIO", "GIUGNO", "LUGLIO", "AGOSTO",
        "SETTEMBRE", "OTTOBRE", "NOVEMBRE", "DICEMBRE", "PIATTAFORMA", "PLATFORM", "COVID", "CORONAVIRUS", "PANDEMIA", "TAMPONI", "TAMPONE", "REFERTI", "REFERTO", "VACCINAZIONI",
        "VACCINAZIONE", "VACCINI", "VACCINO", "SALUTE", "SANITARIA", "SANITARIO", "SANITA", "REGIONE", "OSPEDALE", "LABORATORIO", "FARMACIA", "HOTSPOT", "MEDICO", "DOTTORE", "DOTTORESSA",
        "PEDIATRA", "INFERMIERE", "INFERMIERA", "OPERATORE", "SISP", "USCA", "ASL",
    ];

    public static IEnumerable<string> WordsOf(Region region) =>
        new[] { region.Name, region.NameEn }.Concat(region.Asls.Select(a => a.Name)).Concat(region.Municipalities.Select(m => m.Name).Where(n => n.Length > ShortestWord + 1))
            .SelectMany(n => SearchText.Of(n).Split(' '));

    public static bool Is(string password, IEnumerable<string> names)
    {
        var folded = string.Concat(password.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)).ToUpperInvariant();
        folded = Year().Replace(folded, "\n");
        var words = Words.Concat(names.Where(n => n.Length >= ShortestWord)).Distinct().OrderByDescending(w => w.Length).ToList();
        return Left(folded, words) < Enough || Left(string.Concat(folded.Select(Letter)), words) < Enough;
    }

    private static int Left(string text, List<string> words)
    {
        foreach (var word in words)
            text = text.Replace(word, "\n", StringComparison.Ordinal);
        // A run (1234, abc, cba) or a repetition (aaaa) counts for nothing.
        var (left, at) = (0, 0);
        while (at < text.Length)
        {
            var end = at + 1;
            while (end + 1 < text.Length && text[end + 1] - text[end] == text[at + 1] - text[at] && Math.Abs(text[at + 1] - text[at]) <= 1)
                end++;
            var run = end - at >= 2;
            left += !run && char.IsLetterOrDigit(text[at]) ? 1 : 0;
            at = run ? end + 1 : at + 1;
        }

        return left;
    }

    // Signs that stand for letters.
    private static char Letter(char c) => c switch { '0' => 'O', '1' or '!' => 'I', '3' => 'E', '4' or '@' => 'A', '5' or '$' => 'S', '7' => 'T', _ => c };

    [GeneratedRegex("(19|20)[0-9]{2}")]
    private static partial Regex Year();
}

/// <summary>A file in the form in which lists of stolen passwords are published: a line for each, SHA-1 in upper-case hexadecimal, a colon, how often
/// it was met; in the order of the hashes. It is searched by halves where it lies, whatever its size.</summary>
internal static class StolenPasswords
{
    private const int HashLength = 40;

    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789ABCDEF"u8);

    // The rest of one line and the hash of the next.
    private const int Window = 256;

    /// <exception cref="InvalidOperationException">The file is not there, or not in that form.</exception>
    public static bool Has(string file, string password)
    {
        if (!File.Exists(file))
            throw new InvalidOperationException($"Accounts:StolenPasswords: there is no file {file}.");
        // The form of the published lists: nothing is protected by it here.
#pragma warning disable CA5350
        var sought = Encoding.ASCII.GetBytes(Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password))));
#pragma warning restore CA5350
        using var handle = File.OpenHandle(file, options: FileOptions.RandomAccess);
        var (low, high) = (0L, RandomAccess.GetLength(handle));
        Span<byte> buffer = stackalloc byte[Window];
        // From the beginning of a line at low, to the end of the file or the beginning of a line at high.
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            var start = middle == low ? low : LineAfter(handle, middle - 1, buffer);
            if (start >= high)
                start = low;
            var read = RandomAccess.Read(handle, buffer, start);
            if (read < HashLength || buffer[..HashLength].IndexOfAnyExcept(Digits) >= 0)
                throw new InvalidOperationException($"Accounts:StolenPasswords: {file} is not in the published form at byte {start}.");
            var order = sought.AsSpan().SequenceCompareTo(buffer[..HashLength]);
            if (order == 0)
                return true;
            if (order > 0)
                low = LineAfter(handle, start, buffer);
            else if (start == low)
                return false;
            else
                high = start;
        }

        return false;
    }

    /// <summary>Where the line after the one that this byte is of begins; the end of the file where there is none.</summary>
    private static long LineAfter(Microsoft.Win32.SafeHandles.SafeFileHandle handle, long at, Span<byte> buffer)
    {
        var read = RandomAccess.Read(handle, buffer, at);
        var end = buffer[..read].IndexOf((byte)'\n');
        return end < 0 ? at + read : at + end + 1;
    }
}
