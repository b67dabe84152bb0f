using Ndt.Benchmarks;

return await BenchmarkCommand.RunAsync(args);
