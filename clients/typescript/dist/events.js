import { pause } from "./http.js";
import { Refusal } from "./refusal.js";
const firstWait = 500;
const waitMax = 15_000;
/**
 * Follows a stream for ever: where it ends, breaks off or falls silent, it comes back and goes on behind the last message, so that nothing is missed and nothing read twice.
 * It ends with its signal, and throws what will not get better by itself: a proof that is not accepted, or 410 position_gone.
 */
export async function* follow(http, options) {
    let last = options.after;
    for (let failures = 0; !options.signal?.aborted;) {
        const over = new AbortController();
        const leave = () => over.abort(options.signal?.reason);
        options.signal?.addEventListener("abort", leave, { once: true });
        try {
            const response = await http.send({
                method: "GET", path: options.path, query: options.query ?? {}, signal: over.signal,
                headers: async () => ({ ...(await options.headers()), accept: "text/event-stream", ...(last === undefined ? {} : { "last-event-id": last }) }),
            });
            options.onState?.(true);
            for await (const message of messagesOf(response, over, options.silenceMax ?? 60_000)) {
                failures = 0;
                last = message.id;
                yield message;
            }
        }
        catch (broken) {
            if (options.signal?.aborted)
                return;
            if (broken instanceof Refusal && broken.status !== 429 && broken.status < 500)
                throw broken;
        }
        finally {
            options.signal?.removeEventListener("abort", leave);
            over.abort();
            options.onState?.(false);
        }
        await pause(Math.min(firstWait * 2 ** failures++, waitMax), options.signal).catch(() => undefined);
    }
}
async function* messagesOf(response, over, silenceMax) {
    const reader = response.body?.getReader();
    if (!reader)
        return;
    const decoder = new TextDecoder();
    let pending = "";
    while (true) {
        const silent = setTimeout(() => over.abort(new Error("the stream fell silent")), silenceMax);
        const { done, value } = await reader.read().finally(() => clearTimeout(silent));
        if (done)
            return;
        pending += decoder.decode(value, { stream: true });
        for (let end = pending.indexOf("\n\n"); end >= 0; end = pending.indexOf("\n\n")) {
            const message = parse(pending.slice(0, end));
            pending = pending.slice(end + 2);
            if (message)
                yield message;
        }
    }
}
// A block of comments alone says only that the stream is there.
function parse(block) {
    const fields = { id: "", data: [] };
    for (const line of block.split("\n")) {
        if (line.startsWith("id: "))
            fields.id = line.slice(4);
        else if (line.startsWith("data: "))
            fields.data.push(line.slice(6));
    }
    return fields.data.length > 0 ? { id: fields.id, data: fields.data.join("\n") } : undefined;
}
