"""Learn: teach a network from what is marked, and from what larger networks say of it (`distil`)."""

import copy
import logging
import math
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor
from torch.nn import functional

from quotex.model.encode import Encoder
from quotex.training.batches import Batch, draw_groups, draw_stretches, make_batches
from quotex.training.distil import ask, find_divergences, split_kinds
from quotex.training.examples import UNKNOWN, Example
from quotex.training.network import NEVER, NEW, Network, NetworkOutput
from quotex.training.options import Cycle, TrainingOptions

log = logging.getLogger(__name__)

SAVED_EVERY = 100  # steps
LOGGED_EVERY = 50
MOMENTS = ("exp_avg", "exp_avg_sq")  # of AdamW


def train(
    network: Network,
    examples: list[Example],
    encoder: Encoder,
    cycle: Cycle,
    options: TrainingOptions,
    *,
    max_positions: int,
    seed: int,
    device: torch.device,
    teachers: Sequence[Network] = (),
    n_workers: int = 0,
    checkpoint: Path | None = None,
    after_epoch: Callable[[int, Network], None] = lambda epoch, network: None,
) -> Network:
    """Train a network for one cycle and return the moving average of its weights.

    Args:
        network: Where to start; changed.
        examples: What to learn from.
        encoder: The encoder that the examples were read with.
        cycle: How long and how fast.
        options: How, in every cycle.
        max_positions: Most positions a window has.
        seed: Of every random draw.
        device: Where to run; matrix products are done in bfloat16 where that is fast.
        teachers: Networks whose opinion of every word is learned too: where an example has a fold, that of the
            teacher of this number, else the mean of all.
        n_workers: Processes to make batches in; what is learned does not depend on it.
        checkpoint: File to keep the state in, every SAVED_EVERY steps, and to go on from where it is there.
        after_epoch: Called with the epoch's number, from 1, and the average.

    Raises:
        ValueError: The examples have folds of more teachers than there are.
    """
    torch.manual_seed(seed)
    # cuDNN plans attention anew for each shape, and each batch has its own: four times the time of all the rest
    torch.backends.cuda.enable_cudnn_sdp(False)
    rng = np.random.default_rng(seed)
    network.to(device).train()
    if teachers and any(example.fold is not None and example.fold >= len(teachers) for example in examples):
        raise ValueError(f"articles are parted among more teachers than these {len(teachers)}: read them again")
    average = copy.deepcopy(network).eval()
    n_positions = sum(stretch.n_positions for stretch in draw_stretches(examples, max_positions, rng))
    n_steps = math.ceil(
        1.05 * cycle.n_epochs * n_positions / options.batch_positions
    )  # batches are a little short
    n_steps = min(n_steps, cycle.n_steps or n_steps)
    optimizer = torch.optim.AdamW(
        group_weights(network, cycle, options.weight_decay), betas=(0.9, 0.98), eps=1e-6, fused=True
    )
    done = restore(checkpoint, network, average, optimizer) if checkpoint and checkpoint.exists() else 0
    for group in optimizer.param_groups:
        group["initial_lr"] = group["lr"]
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: rate_at(step / n_steps, cycle.warm_up), last_epoch=done - 1
    )
    step, began = 0, time.monotonic()
    sums: dict[str, Tensor] = {}
    counts: Counter[str] = Counter()
    for epoch in range(1, cycle.n_epochs + 1):
        groups = draw_groups(draw_stretches(examples, max_positions, rng), options.batch_positions, rng)
        if cycle.n_steps:
            groups = groups[: n_steps - step]
        n_skipped = min(max(0, done - step), len(groups))  # they were learned before the checkpoint
        step += n_skipped
        for batch in make_batches(groups[n_skipped:], encoder, n_workers):
            step += 1
            with torch.autocast(device.type, torch.bfloat16, enabled=is_half_fast(device)):
                inputs = [tensor.to(device) for tensor in batch.inputs]
                output = network(*inputs)
                folds = batch.folds.to(device)
                opinion = ask(teachers, inputs, folds, options.taught_by) if teachers else None
            losses = find_losses(output, batch, options)
            if opinion is not None:
                losses = {name: options.gold_weight * loss for name, loss in losses.items()}
                losses |= find_divergences(output, opinion, inputs[-1], options)
            optimizer.zero_grad(set_to_none=True)
            if losses:  # else nothing is known of these windows
                sum(losses.values(), start=torch.zeros((), device=device)).backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), options.max_gradient)
            optimizer.step()
            schedule.step()
            # a short average at first, so that it forgets where it started
            update_average(average, network, min(options.average_decay, step / (step + 10)))
            for name, loss in losses.items():
                sums[name] = sums.get(name, 0) + loss.detach()
                counts[name] += 1
            if checkpoint and step % SAVED_EVERY == 0:
                save(checkpoint, network, average, optimizer, step)
            if step % LOGGED_EVERY == 0:
                means = ", ".join(
                    f"{name} {total.item() / counts[name]:.4f}" for name, total in sorted(sums.items())
                )
                log.info("step %d of about %d, %.0f s: %s", step, n_steps, time.monotonic() - began, means)
                sums.clear()
                counts.clear()
        after_epoch(epoch, average)
    return average


def save(path: Path, network: Network, average: Network, optimizer: torch.optim.Optimizer, step: int) -> None:
    """Keep the state of training; the file is whole or the last one."""
    tensors = {f"network.{name}": value.detach() for name, value in network.named_parameters()}
    tensors |= {f"average.{name}": value.detach() for name, value in average.named_parameters()}
    for name, value in network.named_parameters():
        if value in optimizer.state:
            tensors |= {f"{part}.{name}": optimizer.state[value][part] for part in MOMENTS}
    part = path.with_suffix(".part")
    save_file({name: value.contiguous().cpu() for name, value in tensors.items()}, str(part), {"step": str(step)})
    part.replace(path)


def restore(path: Path, network: Network, average: Network, optimizer: torch.optim.Optimizer) -> int:
    """Go back to a state that was kept, and give the number of steps that it had done."""
    with safe_open(str(path), "pt") as file:
        step = int(file.metadata()["step"])
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    with torch.no_grad():
        for of, prefix in ((network, "network"), (average, "average")):
            for name, value in of.named_parameters():
                value.copy_(tensors[f"{prefix}.{name}"])
    for name, value in network.named_parameters():
        if f"{MOMENTS[0]}.{name}" in tensors:
            moments = {part: tensors[f"{part}.{name}"].to(value.device) for part in MOMENTS}
            optimizer.state[value] = {"step": torch.tensor(float(step), device=value.device), **moments}
    return step


def is_half_fast(device: torch.device) -> bool:
    """Say whether a device multiplies in bfloat16; processors that do not take forty times as long."""
    return device.type != "cpu" or torch.cpu._is_avx512_bf16_supported()


def rate_at(done: float, warm_up: float) -> float:
    """Give the share of the full learning rate when `done` of the steps are over: up, then straight down."""
    return min(done / warm_up, max(0.02, (1 - done) / (1 - warm_up)))


def group_weights(network: Network, cycle: Cycle, weight_decay: float) -> list[dict[str, object]]:
    """Group weights by learning rate and decay: what is new learns faster, vectors do not decay."""
    groups: dict[tuple[bool, bool], list[Tensor]] = {}
    for name, weight in network.named_parameters():
        groups.setdefault((name.startswith(NEW), weight.ndim > 1), []).append(weight)
    return [
        {
            "params": weights,
            "lr": cycle.head_rate if is_new else cycle.encoder_rate,
            "weight_decay": weight_decay if is_matrix else 0.0,
        }
        for (is_new, is_matrix), weights in groups.items()
    ]


@torch.no_grad()
def update_average(average: Network, network: Network, decay: float) -> None:
    """Move the average a little towards the network."""
    averaged, current = list(average.parameters()), list(network.parameters())
    torch._foreach_mul_(averaged, decay)
    torch._foreach_add_(averaged, current, alpha=1 - decay)


def find_losses(output: NetworkOutput, batch: Batch, options: TrainingOptions) -> dict[str, Tensor]:
    """Find each part of the loss, a mean over the words that it is known of, with its weight."""
    device = output.roles.device
    gold, teacher, mentions = (x.to(device) for x in (batch.gold, batch.teacher, batch.mentions))
    log_probs = functional.log_softmax(output.roles, dim=-1)
    taught = teacher.sum(-1) > 0
    losses = {}
    if taught.any():
        divergence = functional.kl_div(log_probs[taught], teacher[taught], reduction="sum") / taught.sum()
        losses["teacher"] = options.teacher_weight * divergence
    known = gold != UNKNOWN
    if known.any():
        # alone, gold has the whole weight
        weight = torch.where(taught, options.gold_weight, 1.0)[known]
        losses["gold"] = (weight * functional.nll_loss(log_probs[known], gold[known], reduction="none")).mean()
    inner = batch.inner.to(device)
    known = inner != UNKNOWN
    if known.any():
        losses["inner"] = functional.cross_entropy(output.inner[known], inner[known])
    for name, logits, target in (
        ("cues", output.cues, batch.cues.to(device)),
        ("sources", output.sources, batch.sources.to(device)),
    ):
        linked = target.sum(-1) > 0
        if linked.any():
            link_log_probs = functional.log_softmax(logits[linked], dim=-1)
            losses[name] = options.link_weight * -(target[linked] * link_log_probs).sum(-1).mean()
    mates, rivals = batch.mates.to(device), batch.rivals.to(device)
    known = mates.any(-1)
    if known.any():
        logits = output.mates[known]
        right = logits.masked_fill(~mates[known], NEVER).logsumexp(-1)
        losses["mates"] = (
            options.mate_weight * (logits.masked_fill(~rivals[known], NEVER).logsumexp(-1) - right).mean()
        )
    for name, logits, allowed in (
        ("names", output.names, batch.names.to(device)),
        ("beside", output.beside, batch.beside.to(device)),
    ):
        known = allowed.any(-1) & ~allowed.all(-1)
        if known.any():
            log_allowed = functional.log_softmax(logits[known], dim=-1).masked_fill(~allowed[known], NEVER)
            losses[name] = options.name_weight * -log_allowed.logsumexp(-1).mean()
    known = mentions != UNKNOWN
    if known.any():
        logits = split_kinds(output.mentions)[known]
        losses["mentions"] = options.mention_weight * functional.cross_entropy(logits, mentions[known])
    return losses
