import type { Progress } from '../checker/result/options.ts';
import { number } from './figures.ts';
import { shorten } from './text-width.ts';

/** A search in progress, and its number among several. */
export interface Running {
  readonly name: string;
  /** Counted from 1. */
  readonly number: number;
  readonly of: number;
  readonly progress: Progress;
  /** Seconds since this search began. */
  readonly seconds: number;
}

/** The progress of a search on one line of at most `width` columns. */
export function progressText(running: Running, width: number): string {
  const { states, levels, waiting, violated, forecast, growing } = running.progress;
  const { name, seconds } = running;
  const rate = seconds > 0 ? ` (${number(Math.round(states / seconds))}/s)` : '';
  const total = forecast === undefined ? '' : ` of about ${number(forecast)}`;
  const parts = [
    `${running.of === 1 ? '' : `${running.number} of ${running.of} `}${name}: ${number(states)} states${total}${rate}`,
    `level ${number(levels)}`,
    `${number(waiting)} waiting`,
    `${seconds.toFixed(0)} s`,
  ];
  if (violated.length > 0) parts.push(`${violated.length} violated`);
  if (growing.length > 0) parts.push(`${growing.slice(0, 2).join(', ')} growing`);
  return shorten(parts.join(', '), width);
}
