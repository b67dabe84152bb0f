namespace Ndt.Tests;

public sealed class PrintableTests
{
    [Fact]
    public void A_message_stays_one_line_whatever_it_quotes()
    {
        const string hostile = "a.json: field 'x\r\n\u001b[2Jndt: all is well\u0085\u2028' is wrong";
        Assert.Equal("a.json: field 'x???[2Jndt: all is well??' is wrong", new InputException(hostile).Message);
        Assert.Equal("a.json: field 'x???[2Jndt: all is well??' is wrong", new InputException(hostile, new IOException()).Message);
        Assert.Equal("a.json: field 'x???[2Jndt: all is well??' is wrong", new WorkFailedException(hostile).Message);
        Assert.Equal("a.json: field 'x???[2Jndt: all is well??' is wrong", new WorkFailedException(hostile, new IOException()).Message);
    }

    [Fact]
    public void A_message_is_cut_after_2000_characters() => Assert.Equal(new string('x', 2000) + "…", new InputException(new string('x', 1_000_000)).Message);

    [Fact]
    public void Letters_of_every_kind_are_kept_and_halves_of_them_are_not()
    {
        Assert.Equal("2×3 λ 𝔸", Printable.Line("2×3 λ 𝔸"));
        Assert.Equal("'? ?'", Printable.Quote("\ud835 \udd38"));
    }
}
