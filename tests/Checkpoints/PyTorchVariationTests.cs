using System.Globalization;
using System.Text.Json;
using Ndt.Checkpoints;

namespace Ndt.Tests.Checkpoints;

/// <summary>What Debian's PyTorch saves in every way it can, against what it says of each tensor itself.</summary>
[Trait("Category", "Integration")]
public sealed class PyTorchVariationTests
{
    private const string Script = """
        import argparse, collections, dataclasses, datetime, decimal, enum, fractions, json, os, pathlib, random, sys, uuid
        import numpy, torch
        from torch import nn
        folder = sys.argv[1]
        torch.manual_seed(1)
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.body = nn.Sequential(nn.Linear(4, 3), nn.BatchNorm1d(3), nn.ReLU())
                self.head = nn.Linear(3, 2, bias=False)
                self.head.weight.requires_grad = False
                self.register_buffer('passing', torch.ones(2), persistent=False)
                self.register_buffer('kept', torch.arange(3))
                self.note, self.itself = {'a': 1}, [self]
        @dataclasses.dataclass
        class Config:
            lr: float = 0.1
            weight: object = None
        class Colour(enum.Enum):
            RED = 1
        class Attributes(dict):
            __getattr__ = dict.get
        Point = collections.namedtuple('Point', 'x y')
        net = Net()
        state = net.state_dict()
        expected = {}
        def save(name, value, tensors=None, **options):
            torch.save(value, os.path.join(folder, name), **options)
            tensors = state if tensors is None else tensors
            expected[name] = {k: [list(v.shape), float(v.double().sum())] for k, v in tensors.items()}
        for protocol in (1, 2, 3, 4, 5):
            save(f'protocol{protocol}.pt', state, pickle_protocol=protocol)
        save('legacy.pt', state, _use_new_zipfile_serialization=False)
        save('legacy_module.pt', net, _use_new_zipfile_serialization=False)
        save('module.pt', net)
        save('module_in_dictionary.pt', {'model': net, 'epoch': 3}, {'model.' + k: v for k, v in state.items()})
        save('data_parallel.pt', nn.DataParallel(net), {'module.' + k: v for k, v in state.items()})
        beside = dict(
            counter=collections.Counter('abca'), ordered=collections.OrderedDict(a=1), default=collections.defaultdict(list, {'a': [1]}), deque=collections.deque([1, 2], 5),
            set={1, 2}, frozen=frozenset([3]), data=b'\x00\xff', array=bytearray(b'xyz'), complex=1 - 2j, device=torch.device('cuda', 1), dtype=torch.bfloat16, size=torch.Size([1, 2]),
            huge=10 ** 300, negative=-2 ** 63, seed=2 ** 64 - 1, path=pathlib.Path('/a/b'), args=argparse.Namespace(lr=0.1), now=datetime.datetime.now(), delta=datetime.timedelta(1), uuid=uuid.uuid4(),
            decimal=decimal.Decimal('1.5'), fraction=fractions.Fraction(1, 3), colour=Colour.RED, config=Config(), function=torch.relu, kind=nn.Linear, range=range(3), slice=slice(1, 2), ellipsis=..., point=Point(1, 2),
            attributes=Attributes(a=1), numpy64=numpy.float64(0.5), numpy32=numpy.float32(0.25), numpy_int=numpy.int64(7), numpy_bool=numpy.bool_(True), numpy_type=numpy.dtype('f4'), numpy_text=numpy.str_('x'),
            objects=numpy.array([None, 1], dtype=object), texts=numpy.array(['a']), keys={1: 'a', '1': 'b', 2.5: 'c', None: 'd', (1, 2): 'e', b'x': 'f', torch.float32: 'g'},
            nan=[float('nan'), float('inf')], surrogate='\ud800', python_rng=random.getstate(), quantised=torch.quantize_per_tensor(torch.ones(2), 0.1, 0, torch.qint8),
            channel=torch.quantize_per_channel(torch.ones(2, 2), torch.ones(2), torch.zeros(2), 0, torch.qint8), sparse=torch.eye(3).to_sparse(), csr=torch.eye(3).to_sparse_csr(), meta=torch.ones(2, device='meta'))
        for protocol in (2, 4, 5):
            for key, value in beside.items():
                save(f'{key}_{protocol}.pt', {'model_state_dict': state, key: value}, pickle_protocol=protocol)
            save(f'all_{protocol}.pt', {'model_state_dict': state, **beside}, pickle_protocol=protocol)
            arrays = {'f8': numpy.arange(6.0).reshape(2, 3), 'fortran': numpy.asfortranarray(numpy.arange(6.0).reshape(2, 3)), 'big': numpy.arange(4).astype('>i4'), 'half': numpy.ones(3, 'f2'), 'bool': numpy.array([True, False]), 'u2': numpy.array([65535], 'u2'), 'none': numpy.zeros((0, 3)), 'scalar': numpy.array(2.5), 'sliced': numpy.arange(10.0)[::3]}
            save(f'arrays_{protocol}.pt', arrays, {k: torch.from_numpy(numpy.ascontiguousarray(v).astype('f8').reshape(v.shape)) for k, v in arrays.items()}, pickle_protocol=protocol)
        save('numpy_rng.pt', {'model_state_dict': state, 'rng': numpy.random.get_state()})
        save('history.pt', {'model_state_dict': state, 'history': [random.random() for _ in range(250_000)]})
        many = {f'blocks.{i}.weight': torch.full((2,), float(i)) for i in range(8000)}
        save('many.pt', many, many)
        x = torch.arange(24.).reshape(4, 6)
        views = dict(transposed=x.t(), row=x[2], step=x[:, ::2], expanded=torch.ones(1).expand(4, 5), column=torch.arange(3.)[:, None].expand(3, 7), flipped=x.flip(0), last=torch.ones(1, 2, 3, 4).to(memory_format=torch.channels_last), empty=torch.zeros(0, 3), scalar=torch.tensor(2.0), negative=torch.arange(3.), parameter=nn.Parameter(x))
        save('views.pt', views, views)
        save('tuple.pt', (x, [x, {'k': x}]), {'0': x, '1.0': x, '1.1.k': x})
        save('tensor.pt', x, {'0': x})
        save('storage.pt', {'model_state_dict': state, 's': x.storage()})
        block = nn.Linear(3, 3)
        albert = nn.ModuleList([block] * 6).state_dict()
        save('albert.pt', albert, albert)
        tagged = torch.ones(2); tagged.note = 'x'
        parameter = nn.Parameter(torch.ones(2)); parameter.note = 'x'
        save('tagged.pt', {'t': tagged, 'p': parameter}, {'t': tagged, 'p': parameter})
        for kind in ('LBFGS', 'Adam', 'SGD', 'ASGD', 'Rprop', 'Adagrad', 'SparseAdam'):
            o = getattr(torch.optim, kind)([p for p in net.parameters() if p.requires_grad], lr=0.1)
            def closure():
                o.zero_grad(); loss = net.body(torch.randn(5, 4)).sum(); loss.backward(); return loss
            if kind != 'SparseAdam': o.step(closure)
            save(f'optimiser_{kind}.pt', {'model_state_dict': net.state_dict(), 'optimizer_state_dict': o.state_dict(), 'step': 1}, net.state_dict())
        class Small(nn.Module):
            def __init__(self):
                super().__init__(); self.fc = nn.Linear(2, 2)
            def forward(self, x): return self.fc(x)
        traced = torch.jit.trace(Small(), torch.ones(1, 2))
        traced.save(os.path.join(folder, 'script.pt'))
        expected['script.pt'] = {k: [list(v.shape), float(v.double().sum())] for k, v in traced.state_dict().items()}
        print(json.dumps(expected))
        """;

    [Fact]
    public void Every_way_in_which_PyTorch_saves_weights_is_read_with_its_sums()
    {
        using var folder = new TemporaryFolder();
        using var expected = JsonDocument.Parse(Python(folder.Root));
        var wrong = new List<string>();
        foreach (var file in expected.RootElement.EnumerateObject())
        {
            try
            {
                var checkpoint = CheckpointFile.Read(folder.PathOf(file.Name));
                var found = checkpoint.Model.Select(tensor => $"{tensor.Name} [{string.Join(", ", tensor.Shape)}] {Sum(tensor.ToDoubles().Sum())}");
                var wanted = file.Value.EnumerateObject().Select(item => $"{item.Name} [{string.Join(", ", item.Value[0].EnumerateArray())}] {Sum(item.Value[1].GetDouble())}");
                if (!found.Order(StringComparer.Ordinal).SequenceEqual(wanted.Order(StringComparer.Ordinal)))
                {
                    wrong.Add($"{file.Name}: {string.Join("; ", found.Take(12))}");
                }

                CheckpointFile.Write(folder.PathOf("again.safetensors"), checkpoint);
                Samples.AssertSame(checkpoint, CheckpointFile.Read(folder.PathOf("again.safetensors")));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                wrong.Add($"{file.Name}: {e.Message}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static string Sum(double value) => (Math.Abs(value) < 1e-6 ? 0 : value).ToString("G6", CultureInfo.InvariantCulture);

    private static string Python(string folder)
    {
        var python = PythonTool.WithModules("torch", "numpy");
        var script = Path.Combine(folder, "make.py");
        File.WriteAllText(script, Script);
        return PythonTool.Output(python, "-W", "ignore", script, folder);
    }
}
