"""Models behind any server that speaks the OpenAI protocol (vLLM, Ollama, llama.cpp, …): the only openai."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit, urlunsplit

from bot.generators import NO_KEY, GeneratorError, Message, never


class Server:
    """A chat model on a server, by its base URL (`/v1` is added where it has no path).

    `#model` or `?model=` in the URL names the model, otherwise it is the server's first. `patience` is how many seconds
    a silent server is waited for. No proxy of the environment is used: what is sent goes to the named host alone.
    """

    chat = True

    def __init__(self, url: str, *, key: str = NO_KEY, patience: float = 60.0) -> None:
        try:
            parts = urlsplit(url)
            host = parts.hostname if parts.port is None else f"{parts.hostname}:{parts.port}"
        except ValueError as error:
            raise GeneratorError(f"the generator's URL {url!r} cannot be read ({error}); give it as "
                                 "http://host:port/v1#model") from error
        self._host = host or url
        self._base = urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/") or "/v1", "", ""))
        self._model = parts.fragment or next(iter(parse_qs(parts.query).get("model", [])), "")
        self._key = key
        self._patience = patience

    @property
    def name(self) -> str:
        """The model once it is known, until then the server."""
        return self._model or self._host

    def load(self) -> None:
        """Nothing to make ready: the server has the model."""

    def stream(self, messages: Sequence[Message], *, limit: int, stop: Callable[[], bool] = never) -> Iterator[str]:
        """As the contract says; `stop` is looked at whenever the server sends something."""
        told: Any = [{"role": message.role, "content": message.content} for message in messages]
        with self._connected() as client:
            pieces = client.chat.completions.create(
                model=self._resolved(client), messages=told, stream=True, temperature=0, max_tokens=limit,
            )
            with pieces:
                for piece in pieces:
                    if stop():
                        return
                    if piece.choices and (text := piece.choices[0].delta.content):
                        yield text

    def _resolved(self, client: Any) -> str:
        if not self._model:
            first = next(iter(client.models.list()), None)
            if first is None:
                raise GeneratorError(f"the server {self._host} names no model; give one as {self._base}#model")
            self._model = first.id
        return self._model

    @contextmanager
    def _connected(self) -> Iterator[Any]:
        """A client for one exchange, with foreign errors put in our words."""
        import httpx2
        import openai

        try:
            with openai.OpenAI(
                base_url=self._base, api_key=self._key, max_retries=1,
                timeout=openai.Timeout(self._patience, connect=5.0),
                http_client=openai.DefaultHttpxClient(trust_env=False),
            ) as client:
                yield client
        except openai.APIStatusError as error:
            raise GeneratorError(f"the server {self._host} refused the model {self._model or 'list'} "
                                 f"({error.message}); check the model's name and the key") from error
        except (openai.OpenAIError, httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise GeneratorError(f"the server {self._host} cannot be reached or broke off ({error}); start it, or "
                                 f"check the URL {self._base}") from error
