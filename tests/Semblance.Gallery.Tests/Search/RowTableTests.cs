using Semblance.Gallery.Search;

namespace Semblance.Gallery.Tests.Search;

public class RowTableTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Table_agrees_with_a_dictionary_over_random_operations(int seed)
    {
        Random random = new(seed);
        RowTable table = new();
        Dictionary<long, int> model = [];
        for (int step = 0; step < 50_000; step++)
        {
            // Few ids that collide often: multiples of a power of two among them.
            long id = random.Next(2) == 0 ? random.Next(3000) : (long)random.Next(500) << 32;
            if (random.Next(3) == 0)
            {
                int row = table.Remove(id);
                Assert.Equal(model.Remove(id, out int known) ? known : -1, row);
            }
            else if (table.Find(id) < 0)
            {
                int row = table.Add(id);
                Assert.DoesNotContain(row, model.Values.Where(other => other == row));
                model.Add(id, row);
            }
            Assert.Equal(model.Count, table.Count);
        }
        foreach ((long id, int row) in model)
        {
            Assert.Equal(row, table.Find(id));
            Assert.Equal(id, table.IdOf(row));
        }
    }

    [Fact]
    public void Table_reuses_the_row_of_a_removed_id()
    {
        RowTable table = new();
        table.Add(7);
        int row = table.Add(8);
        table.Remove(8);
        Assert.Equal(row, table.Add(9));
        Assert.Equal(2, table.RowLimit);
    }
}
