import type { Engine } from "./engine";

/** The documents of each region by file name, with placeholders in place of secrets. */
export async function readDocuments(
  engine: Engine,
): Promise<Record<string, Record<string, string>>> {
  const text = await engine.run(
    ...["stack", "output", "documentsForRepository", "--stack", "dev", "--json"],
  );
  return JSON.parse(text) as Record<string, Record<string, string>>;
}
