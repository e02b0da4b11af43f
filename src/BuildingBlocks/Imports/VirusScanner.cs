using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Platform.BuildingBlocks.Failures;

namespace Platform.BuildingBlocks.Imports;

/// <summary>Shows a file to ClamAV's daemon at <c>Uploads:Scanner</c> (<c>host:3310</c>) in its INSTREAM protocol (clamd(8)): the command, then parts
/// each after its length in four bytes, the largest first, and a length of nothing at the end; it answers with one line. Without a scanner nothing is
/// shown; with one that does not answer, nothing is taken.</summary>
public sealed class VirusScanner(IConfiguration configuration, ILogger<VirusScanner> log)
{
    private const int Port = 3310;
    private const int PartSize = 64 * 1024;
    private const int LongestAnswer = 4096;

    private readonly string? address = configuration["Uploads:Scanner"];
    private readonly TimeSpan patience = TimeSpan.FromSeconds(configuration.GetValue("Uploads:ScannerSeconds", 120));

    /// <exception cref="Refusal"><c>file-infected</c>, <c>scanner-away</c>.</exception>
    public async Task Check(Stream file, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(address))
            return;
        string said;
        using var patient = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patient.CancelAfter(patience);
        try
        {
            said = await Ask(file, patient.Token);
        }
        catch (Exception failure) when (failure is SocketException or IOException || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            log.LogError("The scanner at {Address} does not answer: {Failure}", address, failure.GetType().Name);
            throw Away();
        }

        if (said == "stream: OK")
            return;
        if (said.EndsWith(" FOUND", StringComparison.Ordinal))
        {
            var name = said["stream: ".Length..^" FOUND".Length];
            log.LogWarning("A file was refused: the scanner found {Name}", name);
            throw new Refusal("file-infected", "L’antivirus ha trovato «{0}» nel file, che non è stato preso. Lo dica a chi si occupa del suo computer.", name) { Kind = RefusalKind.Unprocessable };
        }

        log.LogError("The scanner at {Address} answered: {Answer}", address, said);
        throw Away();
    }

    private async Task<string> Ask(Stream file, CancellationToken cancellation)
    {
        var (host, port) = address!.LastIndexOf(':') is var colon and > 0 && int.TryParse(address[(colon + 1)..], out var given) ? (address[..colon], given) : (address, Port);
        using var client = new TcpClient();
        await client.ConnectAsync(host, port, cancellation);
        await using var wire = client.GetStream();
        try
        {
            await Show(file, wire, cancellation);
        }
        catch (IOException)
        {
            // Beyond its limit it says so and hangs up: what it said is read all the same.
        }

        var answer = new byte[LongestAnswer];
        var read = 0;
        for (int some; read < answer.Length && (some = await wire.ReadAsync(answer.AsMemory(read), cancellation)) > 0; read += some)
        {
            if (answer.AsSpan(read, some).Contains((byte)0))
            {
                read += some;
                break;
            }
        }

        return read > 0 ? Encoding.UTF8.GetString(answer, 0, read).TrimEnd('\0', '\n') : throw new IOException("It hung up.");
    }

    private static async Task Show(Stream file, NetworkStream wire, CancellationToken cancellation)
    {
        await wire.WriteAsync("zINSTREAM\0"u8.ToArray(), cancellation);
        var part = new byte[sizeof(int) + PartSize];
        for (int read; (read = await file.ReadAsync(part.AsMemory(sizeof(int)), cancellation)) > 0;)
        {
            BinaryPrimitives.WriteInt32BigEndian(part, read);
            await wire.WriteAsync(part.AsMemory(0, sizeof(int) + read), cancellation);
        }

        await wire.WriteAsync(new byte[sizeof(int)], cancellation);
    }

    private static Refusal Away() => new("scanner-away", "L’antivirus non risponde, e senza il suo esame nessun file viene preso: riprovi fra qualche minuto.") { Kind = RefusalKind.Unprocessable };
}
