/**
 * Columns as kubectl aligns them (k8s.io/cli-runtime/pkg/printers/tabwriter.go): at least 6 wide, 3 apart, the last one ragged.
 * What is printed stays printed, so a line that needs more room widens its column for those after it only.
 */
export class TabWriter {
  private readonly widths: number[] = [];

  /** Lines that are printed together, and so aligned together. */
  lines(rows: readonly (readonly string[])[]): string[] {
    for (const row of rows) {
      row.slice(0, -1).forEach((cell, column) => {
        this.widths[column] = Math.max(minimum, this.widths[column] ?? 0, lengthOf(cell) + padding);
      });
    }
    return rows.map((row) => row.map((cell, column) => this.padded(cell, column === row.length - 1, column)).join(''));
  }

  private padded(cell: string, isLast: boolean, column: number): string {
    return isLast ? cell : cell + ' '.repeat((this.widths[column] ?? 0) - lengthOf(cell));
  }
}

const minimum = 6;
const padding = 3;

/** In characters, as Go counts runes. */
function lengthOf(text: string): number {
  return [...text].length;
}
