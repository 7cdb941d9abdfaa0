"""The code beside the picture, generated from the settings.

Two versions: PyTorch, with the very random numbers of the page, whose rewards equal the picture's; Stable-Baselines3
with the same settings, on the same world as a Gymnasium environment. A test executes both.
"""

from __future__ import annotations

from itertools import pairwise

from core.dqn.settings import CONVOLUTIONS, DENSE, ROUND, SMALL_DENSE, DqnSettings
from core.dqn.shown_world import see_cell, world_cell
from core.notebooks import Translate, cell


def sources(settings: DqnSettings, _: Translate) -> dict[str, str]:
    """Return both versions by name."""
    return {"PyTorch": torch_source(settings, _), "Stable-Baselines3": library_source(settings, _)}


def torch_source(settings: DqnSettings, _: Translate) -> str:
    """Return the PyTorch code of the run: world, network, memory, loop."""
    return "\n".join(
        [
            world_cell(settings, _),
            see_cell(settings, _),
            _network(settings, _),
            _memory(settings, _),
            _loop(settings, _),
        ]
    )


def library_source(settings: DqnSettings, _: Translate) -> str:
    """Return the same training by Stable-Baselines3: its own ε falls with the moves, not with the crashes."""
    parts = (world_cell, see_cell, _environment, _library)
    return "\n".join(part(settings, _) for part in parts)


def _network(settings: DqnSettings, _: Translate) -> str:
    said = _("as many values as actions")
    if settings.world == "small":
        first, second = SMALL_DENSE
        layers = [
            f"nn.Linear(len(see(world)), {first}), nn.ReLU(),",
            f"nn.Linear({first}, {second}), nn.ReLU(),",
            f"nn.Linear({second}, 5),  # {said}",
        ]
    else:
        first, second = DENSE
        layers = [
            *(f"nn.Conv2d({b}, {a}, 3, padding=1), nn.ReLU()," for b, a in pairwise((6, *CONVOLUTIONS))),
            f"nn.Flatten(), nn.Linear({CONVOLUTIONS[-1]} * 49, {first}), nn.ReLU(),",
            f"nn.Linear({first}, {second}), nn.ReLU(),",
            f"nn.Linear({second}, 5),  # {said}",
        ]
    body = "\n        ".join(layers)
    return cell(
        _("The network that says what each action is worth, and its copy that gives the targets"),
        f"""
import copy
import math
import torch
from torch import nn

generator = torch.Generator().manual_seed({settings.seed})

def make_network():
    network = nn.Sequential(
        {body}
    )
    with torch.no_grad():
        for weights in network.parameters():
            if weights.dim() > 1:
                bound = 1 / math.sqrt(weights[0].numel())
            weights.uniform_(-bound, bound, generator=generator)
    return network

network = make_network()
target = copy.deepcopy(network)
""",
    )


def _memory(settings: DqnSettings, _: Translate) -> str:
    which = _("which moments a batch holds")
    random = f"""
def draw():  # {which}
    return len(memory) - 1 - torch.randperm(len(memory), generator=generator)[:{settings.batch_size}]
"""
    latest = f"""
def draw():  # {which}
    return torch.arange(len(memory) - {settings.batch_size}, len(memory))
"""
    about = _("the oldest moments make place for new ones")
    return cell(
        _("The memory: what was seen, done, received, seen next, and whether it ended"),
        f"""
from collections import deque

memory = deque(maxlen={settings.memory})  # {about}
{random if settings.draw == "random" else latest}
def batch():
    seen, actions, rewards, seen_next, ended = zip(*(memory[moment] for moment in draw().tolist()))
    rewards, ended = torch.tensor(rewards), torch.tensor(ended).float()
    return torch.stack(seen), torch.tensor(actions), rewards, torch.stack(seen_next), ended
""",
    )


def _loop(settings: DqnSettings, _: Translate) -> str:
    explore, learn, renew = _("fly"), _("learn"), _("now and then, the copy follows")
    crash = _("nothing is expected behind a crash")
    new_city = _("the next round, in another city")
    count = {"steps": "move", "crashes": "crashes", "none": "move"}[settings.target_unit]
    every = 1 if settings.target_unit == "none" else settings.target_every
    due = f"crashed and crashes % {every} == 0" if count == "crashes" else f"move % {every} == 0"
    round_of = f"""
    if move > 1 and move % {ROUND} == 1:  # {new_city}
        world = World(chance)
        seen = see(world)"""
    return cell(
        _("The training: one update for each move"),
        f"""
optimizer = torch.optim.Adam(network.parameters(), lr={settings.learning_rate!r}, eps=1e-7)
epsilon, crashes, collected = 1.0, 0, 0.0
seen = see(world)
for move in range(1, {settings.steps} + 1):{round_of if settings.world == "course" else ""}
    # {explore}
    if chance.random() < epsilon:
        action = int(chance.integers(5))
    else:
        with torch.no_grad():
            action = int(network(seen[None]).argmax())
    others = chance.integers(5, size=world.drones - 1).tolist()
    reward, crashed = world.step([action, *others])
    seen_next = see(world)
    memory.append((seen, action, reward, seen_next, crashed))
    seen, collected = seen_next, collected + reward
    if crashed:
        crashes += 1
        epsilon = max(epsilon * {settings.epsilon_decay!r}, {settings.epsilon_end!r})

    # {renew}
    if {due}:
        target.load_state_dict(network.state_dict())

    # {learn}
    if move > {settings.batch_size}:
        was, actions, rewards, then, ended = batch()
        with torch.no_grad():
            best = target(then).max(dim=1).values
        wanted = rewards + {settings.discount!r} * (1 - ended) * best  # {crash}
        said = network(was).gather(1, actions[:, None])[:, 0]
        loss = (said - wanted).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

print(f"{{collected:.1f}} {{crashes}} {{loss.item():.6f}}")
""",
    )


def _environment(settings: DqnSettings, _: Translate) -> str:
    brought = _("a crash ends the episode; the drone is already elsewhere")
    return cell(
        _("The world as a Gymnasium environment: what every agent’s library expects"),
        f"""
import gymnasium

class Drone(gymnasium.Env):
    action_space = gymnasium.spaces.Discrete(5)
    observation_space = gymnasium.spaces.Box(0, 1, see(world).shape, np.float32)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        return see(world).numpy(), {{}}

    def step(self, action):
        others = chance.integers(5, size=world.drones - 1).tolist()
        reward, crashed = world.step([int(action), *others])
        return see(world).numpy(), reward, crashed, False, {{}}  # {brought}
""",
    )


def _library(settings: DqnSettings, _: Translate) -> str:
    layers = list(SMALL_DENSE) if settings.world == "small" else list(DENSE)
    every = settings.target_every if settings.target_unit == "steps" else 5
    epsilon = _("ε falls with the moves here, from 1 to its end")
    return cell(
        _("The library’s agent, with the page’s settings"),
        f"""
from stable_baselines3 import DQN

agent = DQN(
    "MlpPolicy",
    Drone(),
    learning_rate={settings.learning_rate!r},
    buffer_size={settings.memory},
    learning_starts={settings.batch_size},
    batch_size={settings.batch_size},
    gamma={settings.discount!r},
    train_freq=1,
    target_update_interval={every},
    exploration_fraction=0.2,  # {epsilon}
    exploration_final_eps=0.03,
    policy_kwargs={{"net_arch": {layers}}},
    seed={settings.seed},
)
agent.learn({settings.steps})

collected, seen = 0.0, see(world)
for _move in range(1_000):
    action, _state = agent.predict(seen.numpy(), deterministic=True)
    reward, _crashed = world.step([int(action), *chance.integers(5, size=world.drones - 1).tolist()])
    collected, seen = collected + reward, see(world)
print(f"{{collected / 10:.1f}}")
""",
    )
