// Reads Chromium's trace of a page: what the main thread did, frame by frame.

/** What a trace event is counted as; an event of no part counts as the part it happens in. */
const PARTS = {
  script: ["FireAnimationFrame", "EventDispatch", "FunctionCall", "TimerFire", "RunMicrotasks", "EvaluateScript", "v8.run"],
  "style and layout": ["UpdateLayoutTree", "Layout", "HitTest", "IntersectionObserverController::computeIntersections"],
  paint: ["PrePaint", "Paint", "Layerize", "Commit", "UpdateLayer", "CompositeLayers"],
  garbage: ["MajorGC", "MinorGC", "V8.GCScavenger", "BlinkGC.AtomicPhase"],
};
const OTHER = "other";
const PART_OF = new Map(Object.entries(PARTS).flatMap(([part, names]) => names.map((name) => [name, part])));

/** The page's main thread, as "process:thread": the one that runs the most animation frames. */
function mainThread(events) {
  const frames = new Map();
  for (const event of events) {
    if (event.name !== "FireAnimationFrame") continue;
    const thread = `${event.pid}:${event.tid}`;
    frames.set(thread, (frames.get(thread) ?? 0) + 1);
  }
  return [...frames].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/**
 * What each frame cost: the task that ran its animation callbacks, and every task since the frame before (input, timers,
 * garbage collection). `wall` is milliseconds by the clock, `thread` those in which the thread had a processor: less on
 * a busy machine, where the thread also waits for one. `events` are one thread's, in order.
 */
function workPerFrame(events) {
  const callbacks = events.filter((event) => event.name === "FireAnimationFrame").map((event) => event.ts);
  const frames = [];
  let frame = { wall: 0, thread: 0 };
  let next = 0;
  for (const task of events) {
    if (task.name !== "RunTask") continue;
    frame.wall += task.dur / 1000;
    frame.thread += (task.tdur ?? NaN) / 1000; // not every platform can tell
    const before = next;
    while (next < callbacks.length && callbacks[next] <= task.ts + task.dur) next += 1;
    if (next > before) {
      frames.push(frame);
      frame = { wall: 0, thread: 0 };
    }
  }
  return frames.slice(1); // the first also holds what came before the trace
}

/**
 * Milliseconds spent in each part, of the thread where they are known and else by the clock, inner events not counted
 * twice. `events` are one thread's, in order.
 */
function timeByPart(events) {
  const total = Object.fromEntries([...Object.keys(PARTS), OTHER].map((part) => [part, 0]));
  const open = []; // the events around the present one, outermost first
  for (const { name, ts, dur, tdur = dur } of events) {
    while (open.length > 0 && ts >= open.at(-1).end) open.pop();
    const around = open.at(-1);
    if (!around && name !== "RunTask") continue; // outside every task: not the main thread's work
    const part = PART_OF.get(name) ?? around?.part ?? OTHER;
    if (around) total[around.part] -= tdur / 1000;
    total[part] += tdur / 1000;
    open.push({ end: ts + dur, part });
  }
  return total;
}

/**
 * @returns {{ work: { wall: number, thread: number }[], parts: Record<string, number>, pointerMoves: number }}
 *   milliseconds a frame, in all, and handled moves
 */
export function readTrace({ traceEvents }) {
  const thread = mainThread(traceEvents);
  const own = traceEvents
    .filter((event) => event.ph === "X" && `${event.pid}:${event.tid}` === thread)
    .sort((a, b) => a.ts - b.ts || b.dur - a.dur);
  return {
    work: workPerFrame(own),
    parts: timeByPart(own),
    pointerMoves: own.filter((event) => event.name === "EventDispatch" && event.args.data?.type === "pointermove").length,
  };
}
