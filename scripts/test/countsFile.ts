/** The variable that names the file into which mocha's reporter writes its counts. */
export const countsFileVariable = "TEST_COUNTS_FILE";
