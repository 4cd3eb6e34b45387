import { accessRows } from "./access";
import { hostRows } from "./hosts";
import { objectRows } from "./objects";
import { placeRows } from "./places";
import { tagRows } from "./tags";
import type { Rows } from "./row";

/** All rows. To add one, add an entry to one of the files beside this one: the tests take it from here. */
export const rows: Rows = {
  ...objectRows,
  ...placeRows,
  ...tagRows,
  ...hostRows,
  ...accessRows,
};
