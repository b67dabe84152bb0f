using System.Collections.Frozen;

namespace Ndt.Cli.Pages;

/// <summary>TeX's names of characters, and Unicode's letters in mathematical alphabets (block U+1D400 and the letters that were there before it).</summary>
internal static class MathSymbols
{
    /// <summary>What stands for itself, as a letter does: neither an operator nor a bracket.</summary>
    public const string Ordinary = "∞∂∅∇∀∃∄¬′″°⊤⊥∠△□◇♠♡♢♣…⋯⋮⋱%$&#_\u2113";

    /// <summary>Operators that take what is above and below them.</summary>
    public const string Big = "∑∏∐⋃⋂⨆⋁⋀⨁⨂⨀⨄";

    /// <summary>Brackets and bars, which grow only where they are told to.</summary>
    public const string Fences = "()[]{}|‖⟨⟩⌈⌉⌊⌋/\\";

    /// <summary>Function names that take what is below them.</summary>
    public static readonly FrozenSet<string> Limits = Words("lim max min sup inf argmax argmin limsup liminf det gcd Pr");

    /// <summary>The other function names.</summary>
    public static readonly FrozenSet<string> Functions = Words("sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth exp log ln lg dim ker hom arg deg");

    /// <summary>Characters by the command that gives them.</summary>
    public static readonly FrozenDictionary<string, string> Characters = Pairs(
        """
        alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω
        Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω ell ℓ hbar ℏ Re ℜ Im ℑ aleph ℵ imath ı jmath ȷ wp ℘
        infty ∞ partial ∂ emptyset ∅ varnothing ∅ nabla ∇ forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ prime ′ degree ° top ⊤ bot ⊥ angle ∠ triangle △ square □ Box □ diamond ◇
        dots … ldots … cdots ⋯ vdots ⋮ ddots ⋱ dotsc … dotsb ⋯
        sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigsqcup ⨆ bigvee ⋁ bigwedge ⋀ bigoplus ⨁ bigotimes ⨂ bigodot ⨀ int ∫ iint ∬ iiint ∭ oint ∮
        pm ± mp ∓ times × div ÷ cdot ⋅ ast ∗ star ⋆ circ ∘ bullet ∙ oplus ⊕ ominus ⊖ otimes ⊗ odot ⊙ cup ∪ cap ∩ setminus ∖ sqcup ⊔ sqcap ⊓ vee ∨ lor ∨ wedge ∧ land ∧ wr ≀ amalg ⨿ dagger †
        le ≤ leq ≤ leqslant ⩽ ge ≥ geq ≥ geqslant ⩾ ne ≠ neq ≠ ll ≪ gg ≫ approx ≈ sim ∼ simeq ≃ cong ≅ equiv ≡ propto ∝ prec ≺ succ ≻ preceq ⪯ succeq ⪰ doteq ≐ coloneqq ≔ triangleq ≜ lesssim ≲ gtrsim ≳ asymp ≍
        in ∈ ni ∋ notin ∉ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ subsetneq ⊊ nsubseteq ⊈ mid ∣ nmid ∤ parallel ∥ perp ⊥ models ⊨ vdash ⊢ dashv ⊣ therefore ∴ because ∵ colon :
        to → rightarrow → leftarrow ← gets ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ implies ⟹ impliedby ⟸ iff ⟺ mapsto ↦ longrightarrow ⟶ longleftarrow ⟵ longmapsto ⟼ hookrightarrow ↪ uparrow ↑ downarrow ↓ updownarrow ↕ nearrow ↗ searrow ↘ rightharpoonup ⇀
        lbrace { rbrace } lbrack [ rbrack ] langle ⟨ rangle ⟩ lceil ⌈ rceil ⌉ lfloor ⌊ rfloor ⌋ vert | lvert | rvert | Vert ‖ lVert ‖ rVert ‖ backslash \
        { { } } | ‖ % % $ $ & & # # _ _
        """);

    /// <summary>Accents by their command.</summary>
    public static readonly FrozenDictionary<string, string> Accents = Pairs(
        "hat ^ widehat ^ bar ¯ overline ¯ vec → overrightarrow → tilde ~ widetilde ~ dot ˙ ddot ¨ check ˇ breve ˘ acute ´ grave ` mathring ˚ overbrace ⏞ underline _ underbrace ⏟");

    private static readonly FrozenDictionary<string, (int Capital, int Small, int Digit)> Alphabets = new Dictionary<string, (int, int, int)>
    {
        ["mathbf"] = (0x1D400, 0x1D41A, 0x1D7CE),
        ["mathcal"] = (0x1D49C, 0x1D4B6, 0),
        ["mathscr"] = (0x1D49C, 0x1D4B6, 0),
        ["mathfrak"] = (0x1D504, 0x1D51E, 0),
        ["mathbb"] = (0x1D538, 0x1D552, 0x1D7D8),
        ["mathsf"] = (0x1D5A0, 0x1D5BA, 0x1D7E2),
        ["mathtt"] = (0x1D670, 0x1D68A, 0x1D7F6),
    }.ToFrozenDictionary();

    // Letters that Unicode had under another number when the block was made.
    private static readonly FrozenDictionary<int, int> Earlier = Letters(0x1D49C, "BEFHILMR", "ℬℰℱℋℐℒℳℛ").Concat(Letters(0x1D4B6 - 32, "ego", "ℯℊℴ"))
        .Concat(Letters(0x1D504, "CHIRZ", "ℭℌℑℜℨ")).Concat(Letters(0x1D538, "CHNPQRZ", "ℂℍℕℙℚℝℤ")).ToFrozenDictionary();

    /// <summary>Whether a command chooses an alphabet.</summary>
    public static bool IsAlphabet(string command) => Alphabets.ContainsKey(command);

    /// <summary>A letter or digit in an alphabet; as it is where the alphabet has none.</summary>
    public static string In(string alphabet, char character)
    {
        var (capital, small, digit) = Alphabets[alphabet];
        var code = character switch
        {
            >= 'A' and <= 'Z' => capital + character - 'A',
            >= 'a' and <= 'z' => small + character - 'a',
            >= '0' and <= '9' when digit > 0 => digit + character - '0',
            _ => character,
        };
        return char.ConvertFromUtf32(Earlier.GetValueOrDefault(code, code));
    }

    private static IEnumerable<KeyValuePair<int, int>> Letters(int capitalA, string letters, string earlier) =>
        letters.Zip(earlier, (letter, character) => KeyValuePair.Create(capitalA + letter - 'A', (int)character));

    private static FrozenSet<string> Words(string text) => text.Split(' ').ToFrozenSet();

    private static FrozenDictionary<string, string> Pairs(string text) =>
        text.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Chunk(2).ToFrozenDictionary(pair => pair[0], pair => pair[1]);
}
