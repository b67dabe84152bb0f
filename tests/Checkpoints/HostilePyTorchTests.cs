using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Ndt.Checkpoints;
using Ndt.Checkpoints.Zip;
using Ndt.Tests.Fuzzing;
using static Ndt.Tests.Checkpoints.PickleBytes;

namespace Ndt.Tests.Checkpoints;

public sealed class HostilePyTorchTests
{
    private static readonly byte[] EmptyPickle = Of("}");

    [Theory]
    [InlineData("os", "system")]
    [InlineData("posix", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("__builtin__", "exec")]
    [InlineData("torch", "load")]
    [InlineData("collections", "OrderedDict.update")]
    [InlineData("numpy.core.multiarray", "_reconstruct2")]
    public void A_file_that_is_nothing_but_a_foreign_call_is_refused_by_name(string module, string name) =>
        AssertRefused(Zip(Of($"c{module}\n{name}\n{Text("echo")}\u0085R")), $"'{module}.{name}', which is refused");

    [Theory]
    [InlineData("os", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("torch", "load")]
    [InlineData("builtins", "getattr")]
    public void A_foreign_call_beside_weights_makes_nothing_happen_and_is_left_out_by_name(string module, string name)
    {
        using var folder = new TemporaryFolder();
        var marker = folder.PathOf("called");
        var call = $"c{module}\n{name}\n{Text($"touch {marker}")}\u0085R";
        var weights = Tensor(Storage("0", 4), Number(0), Tuple(4), Tuple(1));
        var checkpoint = PyTorchFile.Read(folder.Write("a.pt", Zip(Of($"}}({Text("w")}{weights}{Text("x")}{call}u"), new byte[16])));
        Assert.Equal("w", Assert.Single(checkpoint.Model).Name);
        Assert.Equal($"left out: `x` ({module}.{name})", Assert.Single(checkpoint.LeftOut).ToString());
        Assert.False(File.Exists(marker));
    }

    [Fact]
    public void What_a_foreign_call_gives_may_be_called_and_given_attributes_and_stays_a_placeholder()
    {
        // getattr(os, 'system')('echo') with attributes; what getattr gives, made without its constructor.
        var call = $"cbuiltins\ngetattr\n(cos\npath\n{Text("system")}tR{Text("echo")}\u0085R}}b";
        AssertLeftOut($"{call}", "builtins.getattr");
        AssertLeftOut($"cbuiltins\ngetattr\n)R)\u0081", "builtins.getattr");
        AssertLeftOut($"cargparse\nNamespace\n)\u0081}}{Text("lr")}Nsb", "argparse.Namespace");
    }

    [Fact]
    public void An_object_that_holds_itself_is_left_out()
    {
        var itself = $"cx\nNode\n)\u0081q\u0001}}({Text("next")}h\u0001{Text("list")}]h\u0001aub";
        AssertLeftOut(itself, "x.Node");
    }

    [Fact]
    public void Objects_that_double_through_the_memo_are_refused()
    {
        // 30 objects, each of which has the one before twice.
        var doubled = string.Concat(Enumerable.Range(1, 30).Select(i => $"q{(char)i}0cx\nNode\n)\u0081}}({Text("a")}h{(char)i}{Text("b")}h{(char)i}ub"));
        AssertRefused(Zip(Of(Entry("bomb", "cx\nNode\n)\u0081" + doubled))), "unfolds to more than");
    }

    [Fact]
    public void A_chain_of_objects_as_long_as_the_file_is_left_out()
    {
        var chain = string.Concat(Enumerable.Repeat("cx\nN\n)\u0081", 50_000)) + string.Concat(Enumerable.Repeat("\u0085b", 49_999));
        AssertLeftOut(chain, "x.N");
    }

    [Fact]
    public void A_list_that_is_copied_again_and_again_is_refused()
    {
        var items = $"]({new string('N', 100_000)}eq\u0001";
        var copies = string.Concat(Enumerable.Repeat("0cbuiltins\nset\nh\u0001\u0085R", 1000));
        AssertRefused(Zip(Of(Entry("bomb", items + copies))), "copies the same values again and again");
        AssertRefused(Zip(Of(Entry("bomb", items + copies.Replace("set", "tuple", StringComparison.Ordinal)))), "copies the same values again and again");
    }

    [Fact]
    public void Keys_of_any_type_are_no_way_to_spend_time()
    {
        // Tuples of tuples, each twice the one before, as the keys of a dictionary.
        var doubled = string.Concat(Enumerable.Range(1, 40).Select(i => $"q{(char)i}0h{(char)i}h{(char)i}\u0086"));
        var checkpoint = Read(Zip(Of(Entry("d", $"}}({Text("k")}{doubled}Nu"))));
        Assert.IsType<CheckpointValue.Map>(checkpoint.Metadata["d"]);
    }

    [Fact]
    public void A_global_with_control_characters_in_its_name_stays_on_one_line() =>
        AssertRefused(Zip(Of("cos\r\u001B[31m\nsys\u0085tem\n")), "not UTF-8");

    [Fact]
    public void A_global_whose_name_never_ends_is_refused() => AssertRefused(Zip(Of("c" + new string('a', 10_000))), "a global's name does not end");

    [Fact]
    public void A_number_that_never_ends_is_refused_as_a_number() => AssertRefused(Zip(Of("I" + new string('1', 10_000))), "a number does not end");

    [Fact]
    public void A_long_text_in_very_many_places_is_refused() =>
        // Two bytes of pickle for each place.
        AssertRefused(Zip(Of($"{LongText(1_000_000)}q\u00010{Entry("l", $"]({Repeated("h\u0001", 100)}e")}")), "unfold out of all proportion");

    [Fact]
    public void Names_that_grow_with_each_nesting_are_refused()
    {
        // 40 dictionaries one in the other under a key of 100,000 letters: each path holds those of all around it.
        var nested = string.Concat(Enumerable.Repeat("}h\u0001", 40)) + "N" + new string('s', 40);
        AssertRefused(Zip(Of($"{LongText(100_000)}q\u00010{Entry("d", nested)}")), "names and texts unfold out of all proportion");
    }

    [Fact]
    public void A_shared_object_of_very_many_plain_attributes_is_counted_where_it_stands()
    {
        var attributes = string.Concat(Enumerable.Range(0, 5000).Select(i => $"{Text($"a{i}")}N"));
        AssertRefused(Zip(Of(Entry("l", $"]cx\nNode\n)\u0081}}({attributes}ubq\u0001a({Repeated("h\u0001", 1000)}e"))), "unfolds to more than");
    }

    [Fact]
    public void A_long_key_of_very_many_dictionaries_is_refused() =>
        AssertRefused(Zip(Of($"{LongText(1_000_000)}q\u00010{Repeated("}h\u0001Ns0", 200)}}}")), "keys of the pickle's dictionaries unfold");

    [Fact]
    public void The_name_of_what_is_left_out_does_not_grow_with_each_call()
    {
        var call = $"cx\nf\n)R{Repeated("q\u00010ctorch._utils\n_rebuild_qtensor\nh\u0001\u0085R", 1000)}";
        var checkpoint = Read(Zip(Of(Entry("x", call))));
        Assert.Equal(600, Assert.Single(checkpoint.LeftOut).Kind.Length);
    }

    [Fact]
    public void An_optimiser_with_one_index_as_number_and_as_text_is_kept_as_the_values_it_is()
    {
        var state = $"}}(K\u0001}}{Text("1")}}}u";
        Assert.Null(Read(Zip(Of($"}}({Text("model_state_dict")}}}{Text("optimizer_state_dict")}}}({Text("state")}{state}{Text("param_groups")}]uu"))).Optimizer);
    }

    [Fact]
    public void Two_doubles_that_differ_in_their_last_digit_are_two_keys()
    {
        var map = Assert.IsType<CheckpointValue.Map>(Read(Zip(Of(Entry("d", $"}}({Double(1234567890123456)}N{Double(1234567890123457)}Nu")))).Metadata["d"]);
        Assert.Equal(["1234567890123456.0", "1234567890123457.0"], map.Items.Keys);
    }

    [Fact]
    public void A_permitted_global_is_not_called_with_other_arguments()
    {
        AssertRefused(Zip(Of("ccollections\nOrderedDict\nK\u0001\u0085R")), "do not fit");
        AssertRefused(Zip(Of("ctorch._utils\n_rebuild_tensor_v2\n)R")), "do not fit");
        AssertRefused(Zip(Of($"ctorch._utils\n_rebuild_tensor_v3\n{Text("echo")}\u0085R")), "do not fit");
        AssertRefused(Zip(Of("ctorch\nFloatStorage\n)R")), "do not fit");
        AssertRefused(Zip(Of("ccollections\nOrderedDict\n]R")), "without a tuple");
        AssertRefused(Zip(Of($"{Text("os.system")})R")), "not a function");
    }

    [Fact]
    public void Attributes_are_not_set_on_names_and_numbers()
    {
        AssertRefused(Zip(Of("ccollections\nOrderedDict\n}b")), "attributes");
        AssertRefused(Zip(Of("K\u0001}b")), "attributes");
    }

    [Fact]
    public void A_storage_larger_than_its_bytes_is_refused() =>
        AssertRefused(Zip(Of(Entry("w", Tensor(Storage("0", 200), Number(0), Tuple(200), Tuple(1)))), new byte[16]), "claims 200 elements of 4 bytes, but has 16");

    [Fact]
    public void A_storage_of_an_overflowing_size_is_refused() =>
        AssertRefused(Zip(Of($"({Text("storage")}ctorch\nDoubleStorage\n{Text("0")}{Text("cpu")}{Long((1L << 61) + 2)}tQ"), new byte[16]), "claims");

    [Theory]
    [InlineData("1")]
    [InlineData("../0")]
    [InlineData("/etc/passwd")]
    [InlineData("")]
    public void A_storage_that_is_not_in_the_zip_is_refused(string key) =>
        AssertRefused(Zip(Of(Storage(key, 4)), new byte[16]), "which the zip does not hold");

    [Fact]
    public void A_persistent_id_of_another_form_is_refused()
    {
        AssertRefused(Zip(Of($"{Text("file:///etc/passwd")}Q")), "persistent id");
        AssertRefused(Zip(Of(Storage("0", 4, "ccollections\nOrderedDict\n")), new byte[16]), "persistent id");
        AssertRefused(Zip(Of(")Q")), "persistent id");
    }

    [Fact]
    public void A_view_beyond_its_storage_is_refused()
    {
        AssertTensorRefused(Number(1), Tuple(4), Tuple(1), "beyond");
        AssertTensorRefused(Number(0), Tuple(2, 2), Tuple(3, 1), "beyond");
        AssertTensorRefused(Long(-1), Tuple(1), Tuple(1), "negative");
        AssertTensorRefused(Long(long.MaxValue), Tuple(2), Tuple(1), "beyond");
        AssertTensorRefused(Number(0), $"({Long(1L << 62)}{Long(4)}t", Tuple(0, 0), "overflowing");
        AssertTensorRefused(Number(0), $"({Long(-4)}t", Tuple(1), "negative");
        AssertTensorRefused(Number(0), Tuple(2), $"({Long(long.MinValue)}t", "negative stride");
        AssertTensorRefused(Number(0), Tuple(2), $"({Long(long.MaxValue)}t", "beyond");
        AssertTensorRefused(Number(0), Tuple(2), Tuple(1, 1), "sizes and");
        AssertTensorRefused(Number(0), Tuple(new byte[40]), Tuple(new byte[40]), "at most 32");
        AssertTensorRefused(Number(0), $"({Text("4")}t", Tuple(1), "not a whole number");
    }

    [Fact]
    public void A_stride_of_zero_does_not_make_terabytes_of_four_bytes()
    {
        AssertTensorRefused(Number(0), $"({Long(1L << 40)}t", Tuple(0), "claims 4398046511104 bytes");
        AssertTensorRefused(Number(0), $"({Long(1L << 28)}t", Tuple(0), "more than twice the file's bytes");
        AssertTensorRefused(Number(0), $"({Long(1L << 25)}t", Tuple(0), "more than twice the file's bytes");
    }

    [Fact]
    public void One_storage_under_very_many_names_is_refused()
    {
        var storage = $"({Text("storage")}ctorch\nFloatStorage\n{Text("0")}{Text("cpu")}{Long(25_000)}tQ";
        var tensor = Tensor(storage, Number(0), $"({Long(25_000)}t", Tuple(1));
        var names = string.Concat(Enumerable.Range(0, 5000).Select(i => $"{Text($"w{i}")}h\u0001"));
        AssertRefused(Zip(Of($"{tensor}q\u0001}}({names}u"), new byte[100_000]), "more than 256 times");
    }

    [Fact]
    public void A_list_that_holds_itself_is_refused() => AssertRefused(Zip(Of(Entry("l", "]q\u0001h\u0001a"))), "nested more than");

    [Fact]
    public void A_dictionary_that_holds_itself_is_refused() => AssertRefused(Zip(Of($"}}q\u0001{Text("d")}h\u0001s")), "nested more than");

    [Fact]
    public void Lists_that_double_through_the_memo_are_refused()
    {
        // 18 tuples, each twice the one before: 2^18 · 32 leaves.
        var doubled = string.Concat(Enumerable.Range(1, 18).Select(i => $"q{(char)i}0h{(char)i}h{(char)i}\u0086"));
        var leaves = $"({string.Concat(Enumerable.Repeat("N", 32))}t";
        AssertRefused(Zip(Of(Entry("bomb", leaves + doubled))), "unfolds to more than");
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        AssertRefused(Zip(Of(Entry("deep", ")" + new string('\u0085', 100_000)))), "nested more than");
        AssertRefused(Zip(Of(new string('(', 100_000))), "the stack is empty");
    }

    [Fact]
    public void Too_many_opcodes_are_refused()
    {
        AssertRefused(Zip(Of(string.Concat(Enumerable.Repeat("N0", 2_000_001)))), "more than 4000000 opcodes");
        AssertRefused(Zip(Of(new string(']', 500_001))), "more than 500000 lists");
    }

    [Fact]
    public void A_whole_number_of_very_many_bytes_is_refused() => AssertRefused(Zip(Of("\u008B\u0001\u0010\0\0" + new string('a', 4097))), "4097 bytes");

    [Fact]
    public void A_memo_index_out_of_all_measure_is_refused() => AssertRefused(Zip(Of("Nr\u00FF\u00FF\u00FF\u00FF")), "memo index");

    [Theory]
    [InlineData("}X\u00FF\u00FF\u00FF\u00FF", "cut off")]
    [InlineData("}X\u00FF\u00FF\u00FF\u007F", "cut off")]
    [InlineData("", "stack is empty")]
    [InlineData("0", "stack is empty")]
    [InlineData("t", "no mark")]
    [InlineData("u", "no mark")]
    [InlineData("}(0", "stack is empty")]
    [InlineData("h\u0005", "memo 5")]
    [InlineData("q\u0005", "stack is empty")]
    [InlineData("Na", "stack is empty")]
    [InlineData("NNa", "not a list")]
    [InlineData("NNNs", "not a dictionary")]
    [InlineData("}(Nu", "not a dictionary, or a key is without")]
    [InlineData("}(K\u0001NK\u0001Nu", "twice")]
    [InlineData("\u0093", "stack is empty")]
    [InlineData("i", "opcode 0x69")]
    [InlineData("\u0097", "opcode 0x97")]
    [InlineData("K\u0001K\u0001\u0093", "not two texts")]
    [InlineData("\u0096\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF", "cut off")]
    [InlineData("\u008D\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u007F", "cut off")]
    [InlineData("K\u0001)\u0081", "not a class")]
    [InlineData("Ix\n", "a whole number is not one")]
    [InlineData("N", "None; a dictionary is expected")]
    [InlineData("K\u0001", "a whole number; a dictionary is expected")]
    public void A_pickle_that_is_not_right_is_refused(string opcodes, string message) => AssertRefused(Zip(Of(opcodes)), message);

    [Theory]
    [InlineData("N", "None; a dictionary")]
    [InlineData("K\u0001", "a whole number; a dictionary")]
    [InlineData("ccollections\nOrderedDict\n", "a function or type; a dictionary")]
    public void A_model_that_is_no_dictionary_is_refused(string value, string message) => AssertRefused(Zip(Of(Entry("model_state_dict", value))), message);

    [Theory]
    [InlineData("}")]
    [InlineData("}(X\u0005\0\0\0state}X\u000C\0\0\0param_groupsNu")]
    [InlineData("}(X\u0005\0\0\0state}X\u0001\0\0\0aNsX\u000C\0\0\0param_groups]u")]
    [InlineData("}(X\u0005\0\0\0state}K\0}X\u0004\0\0\0stepG\u007F\u00F0\0\0\0\0\0\0ssX\u000C\0\0\0param_groups]u")]
    public void An_optimiser_of_another_form_is_kept_as_the_values_it_is(string value)
    {
        var checkpoint = Read(Zip(Of($"}}({Text("model_state_dict")}}}{Text("optimizer_state_dict")}{value}u")));
        Assert.Null(checkpoint.Optimizer);
        Assert.IsType<CheckpointValue.Map>(checkpoint.Metadata["optimizer_state_dict"]);
    }

    [Fact]
    public void A_pickle_protocol_of_the_future_is_refused() => AssertRefused(Zip([0x80, 6, (byte)'}', (byte)'.']), "protocol 6; at most 5");

    [Theory]
    [InlineData("archive/../../evil")]
    [InlineData("/etc/evil")]
    [InlineData("..")]
    [InlineData("archive\\evil")]
    [InlineData("archive/\0")]
    public void A_path_that_leaves_the_zip_is_refused(string name) =>
        AssertRefused(Zip([("archive/data.pkl", EmptyPickle), ("archive/version", "3"u8.ToArray()), (name, [1])]), "plain relative names");

    [Fact]
    public void An_entry_that_stands_twice_is_refused() =>
        AssertRefused(Zip([("archive/data.pkl", EmptyPickle), ("archive/data.pkl", EmptyPickle), ("archive/version", "3"u8.ToArray())]), "twice");

    [Fact]
    public void Two_pickles_are_refused() =>
        AssertRefused(Zip([("archive/data.pkl", EmptyPickle), ("other/data.pkl", EmptyPickle)]), "more than one data.pkl");

    [Fact]
    public void A_zip_of_something_else_is_refused() => AssertRefused(Zip([("word/document.xml", [1, 2])]), "no data.pkl");

    [Fact]
    public void A_zip_compressed_again_is_refused()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            // A gigabyte of zeros in a megabyte is the usual bomb; forty megabytes show the same.
            using (var version = zip.CreateEntry("archive/version").Open())
            {
                version.Write("3"u8);
            }

            using var entry = zip.CreateEntry("archive/data.pkl", CompressionLevel.Fastest).Open();
            entry.Write(new byte[40 << 20]);
        }

        AssertRefused(stream.ToArray(), "data.pkl has 41943040 bytes");
    }

    [Fact]
    public void A_storage_that_inflates_beyond_all_proportion_is_refused()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add("archive/data.pkl", Of(Entry("w", $"({Text("storage")}ctorch\nByteStorage\n{Text("0")}{Text("cpu")}{Long(80 << 20)}tQ")));
            Add("archive/version", "3"u8.ToArray());
            Add("archive/data/0", new byte[80 << 20]);

            void Add(string name, byte[] bytes)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
                entry.Write(bytes);
            }
        }

        AssertRefused(stream.ToArray(), "are inflated in all");
    }

    [Fact]
    public void A_deflated_entry_that_claims_another_length_is_refused()
    {
        AssertPatched(ZipRecord.CentralSignature, 10, [8, 0], "does not agree");
        var bytes = Deflated([("archive/data.pkl", EmptyPickle), ("archive/version", "3"u8.ToArray())]);
        foreach (var (length, message) in new[] { (1, "more bytes than the 1"), (9, "does not inflate to 9"), (1 << 20, "can become at most") })
        {
            var patched = (byte[])bytes.Clone();
            BinaryPrimitives.WriteInt32LittleEndian(patched.AsSpan(patched.AsSpan().IndexOf(Signature(ZipRecord.CentralSignature)) + 24), length);
            AssertRefused(patched, message);
        }
    }

    [Fact]
    public void Another_compression_is_refused()
    {
        var bytes = Deflated([("archive/data.pkl", EmptyPickle), ("archive/version", "3"u8.ToArray())]);
        bytes[bytes.AsSpan().IndexOf(Signature(ZipRecord.LocalSignature)) + 8] = 9;
        bytes[bytes.AsSpan().IndexOf(Signature(ZipRecord.CentralSignature)) + 10] = 9;
        AssertRefused(bytes, "compressed by method 9");
    }

    [Fact]
    public void An_encrypted_entry_is_refused() => AssertPatched(ZipRecord.CentralSignature, 8, [1, 8], "encrypted");

    [Fact]
    public void A_directory_that_claims_a_larger_entry_is_refused() =>
        AssertPatched(ZipRecord.CentralSignature, 20, [0, 0, 0, 0x40, 0, 0, 0, 0x40], "claims 1073741824 bytes");

    [Fact]
    public void A_directory_that_points_elsewhere_is_refused() => AssertPatched(ZipRecord.CentralSignature, 42, [7, 0, 0, 0], "does not agree");

    [Fact]
    public void A_directory_of_more_entries_than_there_are_is_refused() =>
        AssertPatched(ZipRecord.EndSignature, 8, [0xFE, 0xFF, 0xFE, 0xFF], "which the file does not hold");

    [Fact]
    public void A_directory_beyond_the_file_is_refused() => AssertPatched(ZipRecord.EndSignature, 16, [0, 0, 0, 0x7F], "which the file does not hold");

    [Fact]
    public void A_zip_in_several_parts_is_refused() => AssertPatched(ZipRecord.EndSignature, 4, [1, 0], "one part of several");

    [Fact]
    public void Entries_that_share_bytes_are_refused()
    {
        // The second entry's own header lies inside the first one's bytes, as in overlapping zip bombs.
        var bytes = Zip([("archive/data.pkl", Zip([("archive/version", new byte[8])])), ("archive/version", new byte[8])]);
        var inner = bytes.AsSpan(4).IndexOf(Signature(ZipRecord.LocalSignature)) + 4;
        var second = bytes.AsSpan().LastIndexOf(Signature(ZipRecord.CentralSignature));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(second + 42), inner);
        AssertRefused(bytes, "share bytes");
    }

    [Fact]
    public void A_flipped_bit_in_a_tensor_is_noticed()
    {
        var bytes = Zip(Of(Entry("w", Tensor(Storage("0", 4), Number(0), Tuple(4), Tuple(1)))), "sixteen bytes :)"u8.ToArray());
        bytes[bytes.AsSpan().IndexOf("sixteen"u8)] ^= 1;
        AssertRefused(bytes, "the checksum of 'archive/data/0'");
    }

    [Theory]
    [InlineData("byteorder", "big", "'big'; little is expected")]
    [InlineData("byteorder", "a very long word indeed", "little is expected")]
    [InlineData("version", "99", "1 to 10 is expected")]
    [InlineData("version", "x", "1 to 10 is expected")]
    public void Another_byte_order_or_version_is_refused(string name, string text, string message)
    {
        List<(string, byte[])> entries = [("archive/data.pkl", EmptyPickle), ($"archive/{name}", Encoding.UTF8.GetBytes(text))];
        if (name != "version")
        {
            entries.Add(("archive/version", "3\n"u8.ToArray()));
        }

        AssertRefused(Zip([.. entries]), message);
    }

    [Fact]
    public void The_format_from_before_zip_is_refused_where_it_is_cut_off_or_claims_more_than_there_is()
    {
        using var folder = new TemporaryFolder();
        var bytes = File.ReadAllBytes(CheckpointFixtures.Fixture("torch_legacy.pt"));
        foreach (var cut in Mutation.Cuts(bytes, step: 7))
        {
            Refusal.Of(folder.Write("cut.pt", cut), path => PyTorchFile.Read(path));
        }
    }

    [Fact]
    public void What_is_not_a_zip_is_refused()
    {
        AssertRefused([], "not a zip");
        AssertRefused("hello"u8.ToArray(), "not a zip");
        AssertRefused("PK\x03\x04"u8.ToArray(), "no end record");
        AssertRefused([.. "PK\x03\x04"u8, .. new byte[200_000]], "no end record");
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("no such file", Assert.Throws<InputException>(() => PyTorchFile.Read(folder.PathOf("none.pt"))).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(folder.PathOf("folder.pt"));
        Assert.Contains("is a folder", Assert.Throws<InputException>(() => PyTorchFile.Read(folder.PathOf("folder.pt"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        using var folder = new TemporaryFolder();
        PyTorchFile.Write(folder.PathOf("a.pt"), Samples.Full());
        foreach (var cut in Mutation.Cuts(File.ReadAllBytes(folder.PathOf("a.pt")), step: 29))
        {
            Refusal.Of(folder.Write("cut.pt", cut), path => PyTorchFile.Read(path));
        }
    }

    private static void AssertTensorRefused(string offset, string shape, string strides, string message) =>
        AssertRefused(Zip(Of(Entry("w", Tensor(Storage("0", 4), offset, shape, strides))), new byte[16]), message);

    /// <summary>A valid zip whose last record of that signature has other bytes at that place.</summary>
    private static void AssertPatched(uint signature, int offset, ReadOnlySpan<byte> patch, string message)
    {
        var bytes = Zip(EmptyPickle);
        patch.CopyTo(bytes.AsSpan(bytes.AsSpan().LastIndexOf(Signature(signature)) + offset));
        AssertRefused(bytes, message);
    }

    private static byte[] Zip(byte[] pickle, byte[]? storage = null)
    {
        (string, byte[])[] storages = storage is null ? [] : [("archive/data/0", storage)];
        return Zip([("archive/data.pkl", pickle), .. storages, ("archive/version", "3\n"u8.ToArray())]);
    }

    private static byte[] Zip(params (string Name, byte[] Bytes)[] entries)
    {
        using var stream = new MemoryStream();
        using (var zip = new StoredZipWriter(stream))
        {
            foreach (var (name, bytes) in entries)
            {
                zip.Add(name, bytes);
            }

            zip.Finish();
        }

        return stream.ToArray();
    }

    private static byte[] Deflated(params (string Name, byte[] Bytes)[] entries)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    private static Checkpoint Read(byte[] bytes)
    {
        using var folder = new TemporaryFolder();
        return PyTorchFile.Read(folder.Write("a.pt", bytes));
    }

    private static void AssertLeftOut(string value, string kind)
    {
        var checkpoint = Read(Zip(Of($"}}({Text("n")}K\u0007{Text("x")}{value}u")));
        Assert.Equal(new LeftOutValue("x", kind), Assert.Single(checkpoint.LeftOut));
        Assert.Equal(new CheckpointValue.Whole(7), checkpoint.Metadata["n"]);
    }

    private static string Repeated(string opcodes, int times) => string.Concat(Enumerable.Repeat(opcodes, times));

    private static string LongText(int length) => $"X{Encoding.Latin1.GetString(BitConverter.GetBytes(length))}{new string('a', length)}";

    private static string Double(double value) => $"G{Encoding.Latin1.GetString([.. BitConverter.GetBytes(value).Reverse()])}";

    private static byte[] Signature(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static void AssertRefused(byte[] bytes, string message)
    {
        using var folder = new TemporaryFolder();
        Assert.Contains(message, Refusal.Of(folder.Write("a.pt", bytes), path => PyTorchFile.Read(path)), StringComparison.Ordinal);
    }
}
