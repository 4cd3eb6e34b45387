import { pathToFileURL } from "node:url";
import { CommandFailure, runCommand, UserError } from "../../commands/run";

/** Of the picture, in pixels: as wide as a comment on GitHub. */
const width = 900;

/** How long a page may draw, in milliseconds of the browser's own clock. */
const drawingMilliseconds = 20_000;

/** Flags for a browser that shows no window, in a container too, and keeps what it writes in one folder. */
const headless = (folder: string): string[] => [
  ...[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--disable-dev-shm-usage",
  ],
  ...["--allow-file-access-from-files", `--user-data-dir=${folder}/profile`],
  `--virtual-time-budget=${drawingMilliseconds}`,
];

/**
 * Takes a picture of a whole page in Chromium: once to learn how high it is, and once for the picture.
 *
 * @param page an HTML file that writes its height into `data-height` when it is drawn
 * @param picture the PNG file to write
 * @param folder for what the browser keeps while it runs
 * @throws UserError without a Chromium, or when the page was not drawn
 */
export async function photograph(page: string, picture: string, folder: string): Promise<void> {
  const address = pathToFileURL(page).href;
  const { stdout } = await chromium([...headless(folder), "--dump-dom", address]);
  const [, height] = /<html[^>]* data-height="(\d+)"/.exec(stdout) ?? [];
  if (height === undefined) {
    throw new UserError(
      `${page}: found no height: the page was not drawn: open it in a browser, and look at its console`,
    );
  }
  const size = `--window-size=${width},${height}`;
  await chromium([...headless(folder), size, `--screenshot=${picture}`, address]);
}

async function chromium(args: readonly string[]): Promise<{ stdout: string }> {
  const program = process.env["CHROMIUM"] || "chromium";
  try {
    return await runCommand(program, args);
  } catch (error) {
    if (error instanceof CommandFailure) throw error;
    throw new UserError(
      `CHROMIUM: found "${program}": it could not be started: install it, or name another Chromium in CHROMIUM`,
    );
  }
}
