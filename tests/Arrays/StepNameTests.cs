using Ndt.Arrays;

namespace Ndt.Tests.Arrays;

public sealed class StepNameTests
{
    [Theory]
    [InlineData("acts/step_00100.npz", 100, "")]
    [InlineData("acts_step00100.npz", 100, "acts")]
    [InlineData("fc1-step=5.npy", 5, "fc1")]
    [InlineData("step0.fc1.npy", 0, "fc1")]
    [InlineData("global_step2000.pt", 2000, "")]
    [InlineData("epoch-3.safetensors", 3, "")]
    [InlineData("ckpt_12.pt", 12, "")]
    [InlineData("00100.npz", 100, "")]
    [InlineData("run/step_40/conv1.npy", 40, "conv1")]
    [InlineData("run/200/fc.npy", 200, "fc")]
    [InlineData("layer2_step7.npy", 7, "layer2")]
    public void The_step_is_the_number_after_its_word_or_the_whole_name(string path, int step, string rest) =>
        Assert.Equal(new StepName(step, rest), StepName.In(path));

    [Theory]
    [InlineData("conv2.npy")]
    [InlineData("layer_3.npy")]
    [InlineData("acts.npz")]
    [InlineData("footstep.npy")]
    [InlineData("split2.npy")]
    [InlineData("step_99999999999.npy")]
    public void Other_numbers_are_no_steps(string path) => Assert.Null(StepName.In(path));
}
