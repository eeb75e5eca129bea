import ts from 'typescript';

/** A condition in the text of the model, at which a mutant decides otherwise. */
export interface Site {
  /**
   * `nova/attach.ts check_instance_state: instance.host === null`, with a number where the same
   * text comes twice.
   */
  readonly id: string;
  /** What the condition always answers when the guard that it is part of is taken away. */
  readonly without: boolean;
}

/** The text with a call of the mutator around each condition, each flow and each use of a lock. */
export interface Instrumented {
  readonly code: string;
  readonly sites: readonly Site[];
}

interface Insertion {
  readonly at: number;
  readonly text: string;
}

/**
 * Puts `__at(n, …)` around the conditions of a file of the model, `__flow(…)` around what makes a
 * flow, and lets `free` and `take` be passed over. `first` is the number of its first site.
 */
export function instrument(file: string, text: string, first: number): Instrumented {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const sites: Site[] = [];
  const insertions: Insertion[] = [];
  const seen = new Map<string, number>();

  const around = (node: ts.Node, before: string, after = ')') => {
    insertions.push({ at: node.getStart(), text: before }, { at: node.getEnd(), text: after });
  };
  const addSite = (node: ts.Expression, without: boolean) => {
    const words = node.getText().replaceAll(/\s+/g, ' ');
    // What a release decides is no guard: each switch is set to each of its values.
    if (/\bswitches\b/.test(words)) return;
    const id = `${file} ${placeOf(node)}: ${words}${without ? ', always' : ''}`;
    const times = (seen.get(id) ?? 0) + 1;
    seen.set(id, times);
    sites.push({ id: times === 1 ? id : `${id} (${times})`, without });
    around(node, `__at(${first + sites.length - 1}, `);
  };
  // `if (a || b) return 'refused'` goes without a, and without b; `if (a && b) return;` lets pass
  // what is not a, or not b.
  const addGuard = (condition: ts.Expression, without: boolean) => {
    for (const node of partsOf(condition, without)) addSite(node, without);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isIfStatement(node)) addGuard(node.expression, !leaves(node.thenStatement));
    const before = ts.isCallExpression(node) ? aroundCall(node.expression) : undefined;
    if (before !== undefined) around(node, before);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { code: inserted(text, insertions), sites };
}

/**
 * The branch ends in a jump to another label, or in the end of the request: what is refused or
 * passed over goes there.
 */
function leaves(branch: ts.Statement): boolean {
  const last = ts.isBlock(branch) ? branch.statements.at(-1) : branch;
  if (last === undefined) return false;
  return (
    (ts.isReturnStatement(last) && last.expression !== undefined) || ts.isContinueStatement(last)
  );
}

/**
 * The parts that `||` joins if the guard refuses when it holds, those that `&&` joins if it lets
 * pass; or the whole.
 */
function partsOf(condition: ts.Expression, passes: boolean): readonly ts.Expression[] {
  const operator = passes ? ts.SyntaxKind.AmpersandAmpersandToken : ts.SyntaxKind.BarBarToken;
  const parts = (node: ts.Expression): readonly ts.Expression[] => {
    const bare = withoutParentheses(node);
    if (!ts.isBinaryExpression(bare) || bare.operatorToken.kind !== operator) return [bare];
    return [bare.left, bare.right].flatMap(parts);
  };
  return parts(condition);
}

const withoutParentheses = (node: ts.Expression): ts.Expression =>
  ts.isParenthesizedExpression(node) ? withoutParentheses(node.expression) : node;

/** What is put before a call of the vocabulary that a mutant changes. */
function aroundCall(callee: ts.Expression): string | undefined {
  if (ts.isPropertyAccessExpression(callee) && callee.name.text === 'flow') return '__flow(';
  if (!ts.isIdentifier(callee)) return undefined;
  if (callee.text === 'free') return '(__unlocked() || ';
  return callee.text === 'take' ? '(__untaken() || ' : undefined;
}

/** The step or the function in which a node stands: `attachment_create.otherwise`, `bdmOf`. */
function placeOf(node: ts.Node): string {
  for (let outer: ts.Node | undefined = node.parent; outer !== undefined; outer = outer.parent) {
    const name = nameOf(outer, node);
    if (name === undefined) continue;
    return partsOfStep.includes(name) ? `${placeOf(outer.parent)}.${name}` : name;
  }
  return '';
}

/** What a step or a call consists of; it is named together with what it is a part of. */
const partsOfStep = ['do', 'when', 'ok', 'otherwise', 'to', 'accepts'];

/** How `outer` is called, if it has a name that says where `node` is. */
function nameOf(outer: ts.Node, node: ts.Node): string | undefined {
  const isNamed =
    ts.isMethodDeclaration(outer) ||
    ts.isFunctionDeclaration(outer) ||
    ts.isPropertyAssignment(outer);
  if (isNamed) return outer.name?.getText() ?? '';
  if (ts.isVariableDeclaration(outer)) {
    return outer.initializer !== undefined && ts.isArrowFunction(outer.initializer)
      ? outer.name.getText()
      : undefined;
  }
  if (!ts.isCallExpression(outer)) return undefined;
  const [first] = outer.arguments;
  const isCalled = first !== undefined && ts.isStringLiteral(first) && !within(first, node);
  return isCalled ? first.text : undefined;
}

const within = (outer: ts.Node, node: ts.Node): boolean =>
  node.getStart() >= outer.getStart() && node.getEnd() <= outer.getEnd();

/**
 * Insertions at one place keep the order in which an outer expression opens before and closes after
 * an inner one.
 */
function inserted(text: string, insertions: readonly Insertion[]): string {
  const opens = (insertion: Insertion) => !insertion.text.startsWith(')');
  const inOrder = insertions
    .map((insertion, index) => ({ ...insertion, index }))
    .sort((a, b) => {
      if (a.at !== b.at) return a.at - b.at;
      // What closes here ends before what opens here begins; of two that close, the inner one
      // (added later) comes first.
      if (opens(a) !== opens(b)) return opens(a) ? 1 : -1;
      return opens(a) ? a.index - b.index : b.index - a.index;
    });
  let result = '';
  let from = 0;
  for (const { at, text: piece } of inOrder) {
    result += text.slice(from, at) + piece;
    from = at;
  }
  return result + text.slice(from);
}
