using System.Text;
using Platform.UserManagement.SecondFactor;

namespace Platform.Tests.UserManagement;

public sealed class TotpTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    /// <summary>RFC 6238, appendix B, the SHA-1 rows, their last six digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void The_codes_are_those_of_the_specification(long second, string code) =>
        Assert.Equal(code, Totp.CodeOf(Secret, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(second))));

    /// <summary>RFC 4648, section 10, without padding.</summary>
    [Theory]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base32_is_that_of_the_specification(string plain, string coded) =>
        Assert.Equal(coded, Totp.Base32(Encoding.ASCII.GetBytes(plain)));

    [Fact]
    public void The_code_before_and_the_code_after_are_taken_and_no_other()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_600_000_000);
        var step = Totp.StepAt(now);
        foreach (var (offset, taken) in new[] { (-2, false), (-1, true), (0, true), (1, true), (2, false) })
            Assert.Equal(taken ? step + offset : null, Totp.StepOf(Secret, Totp.CodeOf(Secret, step + offset), now, 0));
        Assert.Null(Totp.StepOf(Secret, Totp.CodeOf(Secret, step), now, step));
        Assert.Null(Totp.StepOf(Secret, "", now, 0));
        Assert.Null(Totp.StepOf(Secret, "dodici", now, 0));
    }
}
