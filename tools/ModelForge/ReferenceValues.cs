namespace ModelForge;
internal static class ReferenceValues { public static void Write(Recipes recipes, string folder) { } }
