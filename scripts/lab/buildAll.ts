import { buildBinary, needsBuild, type Workshop } from "./buildBinary";
import type { Binary } from "./binaries";
import { roughDuration } from "./duration";
import type { Progress } from "./progress";

/** Go itself uses all cores, but while it links or compiles one big package the others would be idle. */
const atATime = 2;

/** Builds those binaries whose inputs changed, showing what is built and for how long. Returns their names. */
export async function buildAll(
  binaries: readonly Binary[],
  workshop: Workshop,
  progress: Progress,
): Promise<string[]> {
  const waiting = binaries.filter((binary) => needsBuild(binary, workshop));
  const names = waiting.map(({ name }) => name);
  if (waiting.length > 0) {
    const longest = waiting.reduce((sum, { usualSeconds }) => sum + usualSeconds, 0);
    progress.line(
      `Building what is missing or changed of the lab (${names.join(", ")}): ` +
        `up to ${roughDuration(longest)} without Go's caches, seconds with them.`,
    );
  }
  const worker = async (): Promise<void> => {
    for (let binary = waiting.shift(); binary !== undefined; binary = waiting.shift()) {
      await buildOne(binary, workshop, progress);
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  return names;
}

async function buildOne(binary: Binary, workshop: Workshop, progress: Progress): Promise<void> {
  progress.line(`  building ${binary.name} (usually up to ${roughDuration(binary.usualSeconds)})`);
  const { took } = await progress.during(binary.name, () => buildBinary(binary, workshop));
  progress.line(`  built ${binary.name} in ${took}`);
}
