using Ndt.PhaseTwo;

namespace Ndt.Tests.PhaseTwo;

public sealed class StudyStatesTests
{
    [Fact]
    public void The_published_numbers_come_out_of_the_studys_own_checkpoints_silhouettes_within_their_random_starts()
    {
        var study = StudyStates.ReadOrNull(RepositoryPaths.SharedOrSkip("archive"))!;
        Assert.All(study.Published(), row => Assert.True(row.Reproduced, row.ToString()));
        Assert.Equal([101, 1001, 2002], study.MlpUpdates());
        Assert.Equal(1, study.Cnn().Where(row => row is { From: 100, To: 2000 }).Sum(row => row.Share), 1e-12);
    }

    [Fact]
    public void Without_the_archive_there_is_nothing() => Assert.Null(StudyStates.ReadOrNull("/nowhere"));
}
