/** Who calls whom, as far as names tell, and an order in which callees come before their callers. */

/** Strongly connected parts of a graph, each after all that it leads to. */
export function components(count: number, next: (node: number) => readonly number[]): number[][] {
  const index = new Array<number>(count).fill(-1);
  const low = new Array<number>(count).fill(0);
  const onStack = new Array<boolean>(count).fill(false);
  const stack: number[] = [];
  const found: number[][] = [];
  let counter = 0;
  for (let start = 0; start < count; start++) {
    if (index[start] !== -1) continue;
    const work: { node: number; at: number; to: readonly number[] }[] = [];
    const open = (node: number): void => {
      index[node] = low[node] = counter++;
      stack.push(node);
      onStack[node] = true;
      work.push({ node, at: 0, to: next(node) });
    };
    open(start);
    for (let top = work.at(-1); top; top = work.at(-1)) {
      const to = top.to[top.at++];
      if (to !== undefined) {
        if (index[to] === -1) open(to);
        else if (onStack[to]) low[top.node] = Math.min(low[top.node] ?? 0, index[to] ?? 0);
        continue;
      }
      work.pop();
      const outer = work.at(-1);
      if (outer) low[outer.node] = Math.min(low[outer.node] ?? 0, low[top.node] ?? 0);
      if (low[top.node] !== index[top.node]) continue;
      const part: number[] = [];
      for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
        onStack[node] = false;
        part.push(node);
        if (node === top.node) break;
      }
      found.push(part.sort((a, b) => a - b));
    }
  }
  return found;
}
