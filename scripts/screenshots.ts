/**
 * Makes the pictures of docs/continuous-integration.md: reviews as a reader of a request sees them, from the texts that
 * the unit tests compare with.
 *
 *     npm run screenshots                     all of them
 *     CHROMIUM=/usr/bin/google-chrome npm run screenshots
 *
 * It needs a Chromium (on Debian, `apt-get install chromium`), and nothing of the Internet.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "../commands/run";
import { repositoryRoot } from "./lab/folders";
import { photograph } from "./screenshots/browser";
import { pageOf } from "./screenshots/page";

/** Reviews worth showing, by the names of their golden files; those in a request have their details opened. */
export const shownReviews = ["datastore-moves", "zone-renamed", "first-up"] as const;

const goldens = join(repositoryRoot, "test", "unit", "commands", "review", "golden");

/** Where the pictures are, for the documentation. */
export const picturesFolder = join(repositoryRoot, "docs", "screenshots");

if (require.main === module) {
  main(async () => {
    const folder = mkdtempSync(join(tmpdir(), "deckhouse-vsphere-screenshots-"));
    try {
      for (const name of shownReviews) {
        const page = join(folder, `${name}.html`);
        writeFileSync(page, await pageOf(readFileSync(join(goldens, `${name}.md`), "utf8")));
        const picture = join(picturesFolder, `${name}.png`);
        await photograph(page, picture, folder);
        console.log(picture);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
