using Ndt.Runs;


namespace Ndt.Tests.Runs;

public sealed class CheckpointPlanTests
{
    private const string Cell = """{ "architecture": "mlp_narrow", "dataset": "mnist" }""";

    [Fact]
    public void The_committed_plan_is_the_issues()
    {
        var plan = CheckpointPlan.Read(Path.Combine(RepositoryPaths.Root, "data", "checkpoint_plan.json"));
        Assert.Equal(["transformer_deep", "cnn_deep", "mlp_narrow"], plan.Cells.Select(cell => cell.Architecture));
        Assert.Equal([0, 100, 1000, 2000], plan.Steps);
        Assert.Equal([0, 1, 2, 3, 4], plan.Seeds);
        Assert.Equal(["study", "shuffled_labels"], plan.Protocols);
    }

    [Theory]
    [InlineData("", "not a readable plan")]
    [InlineData("""{ "description": "" }""", "missing required properties")]
    [InlineData("""{ "description": "", "cells": [CELL], "protocols": ["study"], "seeds": [0], "steps": [-5] }""", "steps holds -5")]
    [InlineData("""{ "description": "", "cells": [CELL, CELL], "protocols": ["study"], "seeds": [0], "steps": [5] }""", "cells holds")]
    [InlineData("""{ "description": "", "cells": [CELL], "protocols": [], "seeds": [0], "steps": [5] }""", "protocols is empty")]
    [InlineData("""{ "description": "", "cells": [CELL], "protocols": ["studdy"], "seeds": [0], "steps": [5] }""", "unknown protocol 'studdy'")]
    [InlineData("""{ "description": "", "cells": [CELL], "protocols": [null], "seeds": [0], "steps": [5] }""", "unknown protocol 'null'")]
    [InlineData("""{ "description": "", "cells": [{ "architecture": "mlp" }], "protocols": ["study"], "seeds": [0], "steps": [5] }""", "")]
    [InlineData("""{ "description": "", "cells": [CELL], "protocols": ["study"], "seeds": [0], "steps": [5], "step": 1 }""", "step")]
    public void A_bad_plan_is_refused_in_one_line_that_names_the_file(string text, string part)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("plan.json", text.Replace("CELL", Cell, StringComparison.Ordinal));
        var message = Assert.Throws<InputException>(() => CheckpointPlan.Read(path)).Message;
        Assert.StartsWith(path, message, StringComparison.Ordinal);
        Assert.Contains(part, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void A_plan_that_is_not_there_is_wrong_input() => Assert.Throws<InputException>(() => CheckpointPlan.Read("/nowhere/plan.json"));
}
